#include "tools/authority/reissue.h"

#include "absl/time/clock.h"
#include "common/status/errors.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;

constexpr absl::Duration kLongestRun = absl::Hours(24);

// A registry that is restarted ends its calls in one of these ways.
bool MayPass(const absl::Status& status) {
  return absl::IsUnavailable(status) || (absl::IsCancelled(status) && ReasonOf(status).empty());
}

// One call, until it ends.
absl::Status Attempt(Session& session, const ReissueRun& run, Interruption& interruption,
                     const std::function<void(const ReissueProgress&)>& progressed) {
  rv1::ReissueCertificatesRequest request;
  request.set_run_id(run.run_id);
  request.set_reason(run.reason);
  request.set_mail(run.mail);
  grpc::ClientContext context;
  PrepareContext(context, {.request_id = session.request_id()}, kLongestRun);
  const auto reader = session.desk().ReissueCertificates(&context, request);
  interruption.Cancels(&context);
  rv1::ReissueCertificatesResponse response;
  while (reader->Read(&response)) {
    progressed({.done = response.done(), .total = response.total()});
  }
  const auto status = FromGrpcStatus(reader->Finish());
  interruption.Cancels(nullptr);
  return status;
}

}  // namespace

absl::StatusOr<ReissueProgress> Reissue(Session& session, const ReissueRun& run,
                                        Interruption& interruption, const ReissueWatcher& watcher) {
  ReissueProgress last;
  absl::Time heard = absl::Now();
  const auto progressed = [&](const ReissueProgress& progress) {
    last = progress;
    heard = absl::Now();
    watcher.progressed(progress);
  };
  while (true) {
    const auto status = Attempt(session, run, interruption, progressed);
    if (status.ok()) return last;
    if (interruption.happened()) return absl::CancelledError("中断しました");
    if (!MayPass(status) || absl::Now() - heard > run.patience) return status;
    watcher.disconnected();
    interruption.Wait(run.retry_after);
    if (interruption.happened()) return absl::CancelledError("中断しました");
  }
}

}  // namespace oshirase::authority
