// Where cases are kept. Implemented by PostgresCaseStore and by a fake; both pass the cases in
// testing/case_store_contract.h.
//
// Every change takes the audit entry that tells of it: both are committed, or neither.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/notifier/domain/audit_event.h"
#include "services/notifier/domain/case.h"

namespace oshirase::notifier {

// A case as it is entered. Its summary has the state SUBMITTED and one signature.
struct NewCase {
  CaseFile file;
  std::string request_id;
};

// One more approval.
struct Approval {
  std::string case_id;
  OfficerSignature signature;
  int signatures_needed = 2;  // as known now; it never falls
  int signatures_before = 1;  // on which `last` rests
  absl::Time time;
  bool last = false;  // whether the case becomes APPROVED with it
};

// An end that an officer signed for: REJECTED of a case that waits, CANCELLED of any other that is
// not over at `time`.
struct CaseEnd {
  std::string case_id;
  CaseState state = CaseState::kRejected;
  OfficerSignature signature;
  absl::Time time;
};

// The registry's refusal, for good, to release a case's keys (again).
struct ReleaseRefusal {
  std::string case_id;
  std::string reason;
  absl::Time time;
};

struct CaseQuery {
  std::optional<CaseState> state;
  bool drills_only = false;
  int limit = 50;
  // The last case of the page before: cases are listed by (submit_time, case_id), newest first.
  std::optional<absl::Time> before_time;
  std::string before_id;
};

// A rejection or cancellation that the registry has not heard of yet.
struct UntoldVoid {
  std::string case_id;
  std::string statement;
  OfficerSignature signature;
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached; with reason
// COMMIT_IN_DOUBT the change may have happened, and repeating the call is safe.
class CaseStore {
 public:
  virtual ~CaseStore() = default;

  // Reserves a notice number. Returns ALREADY_EXISTS when it is taken.
  virtual absl::Status ReserveNoticeNumber(const std::string& number, absl::Time now) = 0;

  // Enters a case. Idempotent: the same statement under the same request id returns the first case
  // and writes nothing. Returns ALREADY_EXISTS REQUEST_ID_REUSED for another statement under it,
  // and INVALID_ARGUMENT CASE_INVALID when the notice number was not reserved or is another case's.
  virtual absl::StatusOr<Case> Insert(const NewCase& entered, const AuditEvent& event) = 0;

  // Returns NOT_FOUND CASE_NOT_FOUND.
  virtual absl::StatusOr<Case> Get(const std::string& case_id) = 0;
  virtual absl::StatusOr<CaseFile> GetFile(const std::string& case_id) = 0;

  virtual absl::StatusOr<std::vector<Case>> List(const CaseQuery& query) = 0;

  // Adds an approval to a case in SUBMITTED. An approval by the same officer again changes nothing,
  // unless the one there is older than kSignatureLife at `time`: then it takes its place.
  // Returns NOT_FOUND CASE_NOT_FOUND, FAILED_PRECONDITION CASE_NOT_SUBMITTED, and ABORTED when the
  // case no longer has `signatures_before`: read it again.
  virtual absl::Status AddApproval(const Approval& approval, const AuditEvent& event) = 0;

  // Ends a case, and notes that the registry has to hear of it. What no worker holds of its batches
  // becomes CANCELLED, or UNKNOWN when an attempt is in doubt, and no late visit is planned any
  // more. Ending it the same way again changes nothing. Returns NOT_FOUND CASE_NOT_FOUND, and
  // FAILED_PRECONDITION CASE_NOT_SUBMITTED (for REJECTED) or, when it IsOver() at the end's time,
  // CASE_FINISHED (for CANCELLED).
  virtual absl::Status End(const CaseEnd& end, const AuditEvent& event) = 0;

  // Ends of which the registry has not heard.
  virtual absl::StatusOr<std::vector<UntoldVoid>> UntoldVoids() = 0;
  virtual absl::Status MarkVoidTold(const std::string& case_id) = 0;

  // Stops a case in APPROVED or SENDING, and one in SENT or PARTIAL that is not over at `now`: its
  // late visits are then planned and wait. One in PAUSED stays as it is. Returns NOT_FOUND
  // CASE_NOT_FOUND, FAILED_PRECONDITION CASE_FINISHED or, for SUBMITTED, CASE_NOT_RELEASED.
  virtual absl::Status Pause(const std::string& case_id, const std::string& reason, absl::Time now,
                             const AuditEvent& event) = 0;

  // Brings a case in PAUSED back to SENDING (from where Outbox::FinishCase takes one without open
  // batches on), or to APPROVED when its visits were never opened; one that is not paused stays as
  // it is. Returns as Pause.
  virtual absl::Status Resume(const std::string& case_id, absl::Time now,
                              const AuditEvent& event) = 0;

  // Writes why a case in APPROVED stands still; "" when it no longer does.
  virtual absl::Status NoteDelay(const std::string& case_id, const std::string& reason) = 0;

  // Ends what needs the keys: a case whose visits were never opened becomes CANCELLED with the
  // reason, and of one that was opened no late visit is looked for any more. Changes nothing, and
  // writes no event, when neither is left to do. Returns NOT_FOUND CASE_NOT_FOUND.
  virtual absl::Status RefuseRelease(const ReleaseRefusal& refusal, const AuditEvent& event) = 0;

  // Ends cases in SUBMITTED whose time is over, one audit entry each; returns how many.
  virtual absl::StatusOr<int> Expire(absl::Time now) = 0;

  // Cases in APPROVED, oldest first: their visits are still to be opened.
  virtual absl::StatusOr<std::vector<std::string>> CasesToOpen() = 0;

  // Cases whose visits were opened and whose late visits still count at `now`.
  virtual absl::StatusOr<std::vector<Case>> CasesAwaitingLateVisits(absl::Time now) = 0;
};

}  // namespace oshirase::notifier
