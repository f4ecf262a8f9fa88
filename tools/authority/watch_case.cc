#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/authority/commands.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"

namespace oshirase::authority {
namespace {

namespace nv1 = notifier::v1;

constexpr int kBarColumns = 30;

// "SENDING [#########---------]  45%  450 / 1000 人  3.2 秒"
std::string ProgressBar(const nv1::Case& c, absl::Time now) {
  const auto settled = c.accepted() + c.failed() + c.unknown() + c.unsent();
  const auto all = settled + c.pending();
  const auto filled = all == 0 ? 0 : static_cast<int>(settled * kBarColumns / all);
  std::string elapsed;
  if (c.has_submit_time()) {
    elapsed =
        absl::StrFormat("  入力から %d 秒", absl::ToUnixSeconds(now) - c.submit_time().seconds());
  }
  return absl::StrFormat("%-9s [%s%s] %3d%%  %d / %d 人%s", StateName(c.state()),
                         std::string(static_cast<size_t>(filled), '#'),
                         std::string(static_cast<size_t>(kBarColumns - filled), '-'),
                         all == 0 ? 0 : static_cast<int>(settled * 100 / all), settled, all,
                         elapsed);
}

// One line that is drawn over on a terminal, a line per change elsewhere.
void ShowProgress(const Options& options, const nv1::Case& c, absl::Time now) {
  if (options.json) {
    Print(options, Dump(ToJson(c)), "");
  } else if (OnTerminal()) {
    std::cerr << '\r' << ProgressBar(c, now) << "\x1b[K" << std::flush;
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
