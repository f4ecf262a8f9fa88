#include "services/notifier/domain/caretaker.h"

#include <string>
#include <utility>

#include "common/log/log.h"
#include "common/status/errors.h"
#include "common/status/macros.h"

namespace oshirase::notifier {
namespace {

void LogFailure(const char* what, const absl::Status& status) {
  if (status.ok()) return;
  LogWarning(what, {{"code", absl::StatusCodeToString(status.code())}});
}

}  // namespace

Caretaker::Caretaker(Parts parts) : parts_(std::move(parts)) {}

void Caretaker::TidyUp() {
  const absl::Time now = parts_.clock();
  LogFailure("cases cannot be expired", parts_.cases.Expire(now).status());
  LogFailure("cancelled batches cannot be swept", parts_.outbox.SweepCancelled(now));
  const auto sending = parts_.outbox.CasesInSending();
  LogFailure("cases in sending cannot be read", sending.status());
  if (sending.ok()) {
    for (const std::string& case_id : *sending) {
      LogFailure("case cannot be finished", parts_.outbox.FinishCase(case_id, now).status());
    }
  }
  const auto to_open = parts_.cases.CasesToOpen();
  LogFailure("cases to open cannot be read", to_open.status());
  if (!to_open.ok()) return;
  for (const std::string& case_id : *to_open) parts_.openings.Add(case_id, std::nullopt);
}

void Caretaker::TellVoids() {
  const auto voids = parts_.cases.UntoldVoids();
  LogFailure("voids cannot be read", voids.status());
  if (!voids.ok()) return;
  for (const UntoldVoid& ended : *voids) {
    const auto told =
        parts_.registry.VoidStatement(crypto::Sha256(ended.statement), ended.signature);
    // A refusal for good is an answer too: saying it again would change nothing. A registry whose
    // clock is behind will come round.
    const bool heard =
        told.ok() || (absl::IsPermissionDenied(told) && ReasonOf(told) != "SIGNATURE_FROM_FUTURE");
    LogFailure("registry did not take a void", told);
    if (heard) LogFailure("void cannot be marked", parts_.cases.MarkVoidTold(ended.case_id));
  }
}

void Caretaker::LookForLateVisits() {
  const auto cases = parts_.cases.CasesAwaitingLateVisits(parts_.clock());
  LogFailure("late visits cannot be looked for", cases.status());
  if (!cases.ok()) return;
  for (const Case& opened : *cases) {
    const auto late = parts_.opener.HasLateVisits(opened);
    LogFailure("late visits cannot be counted", late.status());
    if (late.ok() && *late) parts_.openings.Add(opened.case_id, std::nullopt);
  }
}

void Caretaker::ForgetCases() {
  const absl::Time now = parts_.clock();
  const auto cases = parts_.outbox.CasesToForget(now, now - kCaseKeyLife);
  LogFailure("finished cases cannot be read", cases.status());
  if (cases.ok()) {
    for (const std::string& each : *cases) LogFailure("case not forgotten", Forget(each, now));
  }
  EndStrayKeys();
}

void Caretaker::EndStrayKeys() {
  const auto returned = parts_.named_keys.EraseReturned(keyring::kCaseKey);
  LogFailure("case keys that came back cannot be erased", returned.status());
  if (returned.ok()) {
    for (const std::string& case_id : *returned) {
      LogWarning("case key came back and was erased", {{"case_request_id", case_id}});
    }
  }
  const auto living = parts_.named_keys.LivingLabels(keyring::kCaseKey);
  LogFailure("case keys cannot be listed", living.status());
  if (!living.ok() || living->empty()) return;
  const auto forgotten = parts_.outbox.Forgotten(*living);
  LogFailure("forgotten cases cannot be read", forgotten.status());
  if (!forgotten.ok()) return;
  for (const std::string& case_id : *forgotten) {
    LogFailure("case key not destroyed", parts_.named_keys.Destroy({keyring::kCaseKey, case_id}));
  }
}

// Whatever fails, the case stays on the list and the next round begins anew.
absl::Status Caretaker::Forget(const std::string& case_id, absl::Time now) {
  RETURN_IF_ERROR(parts_.outbox.Forget(case_id, now));
  RETURN_IF_ERROR(parts_.named_keys.Destroy({keyring::kCaseKey, case_id}));
  return parts_.outbox.MarkForgotten(case_id, now);
}

}  // namespace oshirase::notifier
