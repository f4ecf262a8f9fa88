// What officers decide about a case after it was entered: approve, reject, cancel, pause, resume,
// settle. Each decision is checked, carried out and audited, or refused and audited.
#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/time/clock.h"
#include "services/notifier/domain/audit_trail.h"
#include "services/notifier/domain/case_previewer.h"
#include "services/notifier/domain/case_store.h"
#include "services/notifier/domain/officers.h"
#include "services/notifier/domain/outbox.h"
#include "services/notifier/domain/registry_client.h"

namespace oshirase::notifier {

// What goes on by itself after a decision. Called after the commit; must not block.
struct DecisionObserver {
  // The registry released the keys of this case: its visits can be opened.
  std::function<void(const std::string& case_id, Release release)> on_approved;
  // A paused case that was never opened goes on.
  std::function<void(const std::string& case_id)> on_to_open;
  // There may be batches to send.
  std::function<void()> on_to_send;
  // The registry has to hear of an end.
  std::function<void()> on_ended;
};

// Thread-safe.
class CaseDecisions {
 public:
  struct Parts {
    CaseStore& cases;
    Outbox& outbox;
    Officers& officers;
    RegistryClient& registry;
    CasePreviewer& previewer;
    AuditTrail& audit;
    StatementReader read_statement;
    Clock clock;
  };

  // The parts must outlive it.
  CaseDecisions(Parts parts, DecisionObserver observer);

  // Adds `caller`'s approval. With the last one needed the registry is asked for the keys first;
  // only when it releases them does the case become APPROVED. Idempotent for the same officer,
  // whose approval older than 30 minutes is renewed while the case waits for others.
  // Returns NOT_FOUND CASE_NOT_FOUND; PERMISSION_DENIED OWN_CASE, SIGNATURE_INVALID or the
  // registry's reason; FAILED_PRECONDITION CASE_NOT_SUBMITTED, CASE_EXPIRED or the registry's
  // reason; UNAVAILABLE when registry, checkin or database cannot be reached: nothing was approved
  // then.
  absl::StatusOr<Case> Approve(const std::string& caller, const std::string& case_id,
                               const OfficerSignature& signature);

  // Rejects a case that waits for approval; the registry is told until it has heard. Idempotent.
  // Returns NOT_FOUND CASE_NOT_FOUND, FAILED_PRECONDITION CASE_NOT_SUBMITTED, PERMISSION_DENIED
  // SIGNATURE_INVALID.
  absl::StatusOr<Case> Reject(const std::string& caller, const std::string& case_id,
                              const OfficerSignature& signature, const std::string& reason);

  // Cancels a case; what was not handed to LINE never is, late visits included. Idempotent.
  // Returns NOT_FOUND CASE_NOT_FOUND, FAILED_PRECONDITION CASE_FINISHED, PERMISSION_DENIED
  // SIGNATURE_INVALID.
  absl::StatusOr<Case> Cancel(const std::string& caller, const std::string& case_id,
                              const OfficerSignature& signature);

  // As CaseStore::Pause and Resume.
  absl::StatusOr<Case> Pause(const std::string& caller, const std::string& case_id);
  absl::StatusOr<Case> Resume(const std::string& caller, const std::string& case_id);

  // As Outbox::SettleUnknown.
  absl::StatusOr<Case> Settle(const std::string& caller, const std::string& case_id,
                              Settlement settlement);

 private:
  struct Signed;  // a decision with a signature, on its way through the checks

  absl::StatusOr<Case> DoApprove(const Signed& decision);
  absl::Status CheckApproval(const Signed& decision, const CaseFile& file, absl::Time now);
  absl::StatusOr<Case> DoEnd(const Signed& decision, CaseState state, AuditEvent event);
  // `result`, after auditing it when it is a refusal.
  absl::StatusOr<Case> Audited(absl::StatusOr<Case> result, AuditEvent event);

  Parts parts_;
  const DecisionObserver observer_;
};

}  // namespace oshirase::notifier
