// Entering a case: what the officer signed, checked and stored as it is.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/time/clock.h"
#include "services/notifier/domain/audit_trail.h"
#include "services/notifier/domain/case_preparer.h"
#include "services/notifier/domain/case_previewer.h"
#include "services/notifier/domain/case_store.h"
#include "services/notifier/domain/drill_fence.h"
#include "services/notifier/domain/officers.h"

namespace oshirase::notifier {

struct CaseToEnter {
  std::string statement;  // the bytes as signed
  OfficerSignature signature;
  std::vector<Message> messages;
};

// Thread-safe.
class CaseEntry {
 public:
  struct Parts {
    CaseStore& cases;
    Officers& officers;
    CasePreparer& preparer;
    CasePreviewer& previewer;
    DrillFence& fence;
    AuditTrail& audit;
    StatementReader read_statement;
    Clock clock;
  };

  // The parts must outlive it.
  CaseEntry(Parts parts, int retention_days);

  // Enters a case for the officer `caller`. Idempotent in the statement's request id. A refusal is
  // audited.
  // Returns INVALID_ARGUMENT CASE_INVALID, PERMISSION_DENIED SIGNATURE_INVALID, ALREADY_EXISTS
  // REQUEST_ID_REUSED, PERMISSION_DENIED DRILL_MISMATCH, NOT_FOUND CASE_NOT_FOUND (the corrected
  // case; of a drill it must be one), what CasePreparer::CheckRendered refuses with, and
  // UNAVAILABLE when the database, the registry or checkin (for the number of signatures needed)
  // cannot be reached; nothing was entered then.
  absl::StatusOr<Case> Submit(const std::string& caller, const CaseToEnter& entered);

 private:
  absl::StatusOr<Case> Enter(const std::string& caller, const CaseToEnter& entered);

  Parts parts_;
  const int retention_days_;
};

}  // namespace oshirase::notifier
