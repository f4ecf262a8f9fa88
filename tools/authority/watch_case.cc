#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/authority/commands.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"
#include "tools/authority/progress.h"

namespace oshirase::authority {
namespace {

namespace nv1 = notifier::v1;

// "SENDING [#########---------]  45%  450 / 1000 人  3.2 秒"
std::string ProgressBar(const nv1::Case& c, absl::Time now) {
  const auto settled = c.accepted() + c.failed() + c.unknown() + c.unsent();
  const auto all = settled + c.pending();
  std::string elapsed;
  if (c.has_submit_time()) {
    elapsed =
        absl::StrFormat("  入力から %d 秒", absl::ToUnixSeconds(now) - c.submit_time().seconds());
  }
  return absl::StrFormat("%-9s %s%s", StateName(c.state()), ProgressText(settled, all, "人"),
                         elapsed);
}

// One line that is drawn over on a terminal, a line per change elsewhere.
void ShowProgress(const Options& options, const nv1::Case& c, absl::Time now) {
  if (options.json) {
    Print(options, Dump(ToJson(c)), "");
  } else if (OnTerminal()) {
    DrawOver(ProgressBar(c, now));
  } else {
    Tell(ProgressBar(c, now));
  }
}

}  // namespace

absl::Status WatchCase(Session& session, const Options& options) {
  nv1::WatchCaseRequest request;
  request.set_case_id(options.id);
  grpc::ClientContext context;
  PrepareContext(context, {.request_id = session.request_id()}, absl::Hours(24));
  const auto reader = session.notifier().WatchCase(&context, request);
  nv1::WatchCaseResponse change;
  while (reader->Read(&change)) ShowProgress(options, change.case_(), session.Now());
  if (OnTerminal() && !options.json) Tell("");
  if (const auto status = FromGrpcStatus(reader->Finish()); !status.ok()) return status;

  if (!options.json) Print(options, "", Describe(change.case_()));
  if (change.case_().state() == nv1::CASE_STATE_SENT) return absl::OkStatus();
  return absl::AbortedError(absl::StrCat("状態は ", StateName(change.case_().state()), " です"));
}

}  // namespace oshirase::authority
