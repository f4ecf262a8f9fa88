#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "tools/authority/console/api.h"
#include "tools/authority/console/json_body.h"
#include "tools/authority/desk_json.h"
#include "tools/authority/reasons.h"
#include "tools/authority/register_desk.h"
#include "tools/authority/typed.h"

namespace oshirase::authority::console {
namespace {

using nlohmann::json;

// So often a stream without news shows that it lives.
constexpr absl::Duration kHeartbeat = absl::Seconds(1);

absl::StatusOr<Reply> Withdraw(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(const auto body,
                   JsonBody::Parse(request, {{"number", kText}, {"reason", kText}}));
  ASSIGN_OR_RETURN(const auto number, TypedNumber("取組書の番号", body.Text("number")));
  ASSIGN_OR_RETURN(const auto reason, TypedReason(body.Text("reason")));
  ASSIGN_OR_RETURN(const auto certificate, WithdrawCertificate(session, number, reason));
  return JsonReply(ToJson(certificate));
}

json JobJson(const ReissueJob::State& state) {
  json object = {{"run_id", state.run_id},        {"running", state.running},
                 {"waiting", state.waiting},      {"done", state.progress.done},
                 {"total", state.progress.total}, {"problem", nullptr}};
  if (!state.end.ok()) object["problem"] = SentenceFor(state.end);
  return object;
}

absl::StatusOr<Reply> StartReissue(ReissueJob& job, const Request& request) {
  ASSIGN_OR_RETURN(
      const auto body,
      JsonBody::Parse(request, {{"run_id", kText}, {"reason", kText}, {"mail", kFlag}}));
  ReissueRun run{.run_id = body.Text("run_id"), .reason = {}, .mail = body.Flag("mail")};
  ASSIGN_OR_RETURN(run.reason, TypedReason(body.Text("reason")));
  if (run.run_id.empty()) run.run_id = ids::NewUuid();
  RETURN_IF_ERROR(TypedUuid("再発行のID", run.run_id).status());
  RETURN_IF_ERROR(job.Start(run));
  return JsonReply(JobJson(job.Now()));
}

// An event at once, one for each change, and comments between, which show when nobody reads on.
absl::Status Watch(const ReissueJob& job, const Write& write) {
  int64_t told = -1;
  while (true) {
    const auto state = told < 0 ? job.Now() : job.After(told, kHeartbeat);
    const bool changed = state.change != told;
    if (!write(changed ? absl::StrCat("data: ", JobJson(state).dump(), "\n\n") : ":\n\n")) {
      return absl::CancelledError("nobody reads on");
    }
    told = state.change;
  }
}

}  // namespace

void AddCertificates(Session& session, ReissueJob& reissue, std::vector<Route>& routes) {
  routes.push_back({"POST", "/api/certificates/withdraw",
                    [&session](const Request& request) { return Withdraw(session, request); }});
  routes.push_back({"POST", "/api/certificates/reissue",
                    [&reissue](const Request& request) { return StartReissue(reissue, request); }});
  routes.push_back(
      {"GET", "/api/certificates/reissue/watch",
       [&reissue](const Request&) -> absl::StatusOr<Reply> {
         return Reply{.content_type = "text/event-stream",
                      .stream = [&reissue](const Write& write) { return Watch(reissue, write); }};
       }});
}

}  // namespace oshirase::authority::console
