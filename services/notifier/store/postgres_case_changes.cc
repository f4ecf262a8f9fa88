// What happens to a case after it was entered. Every change locks the case's row first and its
// batches after, so that two changes wait for each other instead of blocking each other.
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/domain/statement_check.h"
#include "services/notifier/store/audit_append.h"
#include "services/notifier/store/case_rows.h"
#include "services/notifier/store/postgres_case_store.h"

namespace oshirase::notifier {
namespace {

using postgres::BytesParam;
using postgres::TimeParam;

constexpr char kLockCase[] = R"sql(
  SELECT state, open_time, release_end_time FROM notifier.cases WHERE case_id = $1::uuid FOR UPDATE)sql";

constexpr char kCountSignatures[] = R"sql(
  SELECT count(*) FILTER (WHERE role <> 'reject'),
    max(sign_time) FILTER (WHERE role = 'approve' AND officer_id = $2)
  FROM notifier.case_signatures WHERE case_id = $1::uuid)sql";

constexpr char kInsertSignature[] = R"sql(
  INSERT INTO notifier.case_signatures (case_id, officer_id, role, sign_time, signature)
  VALUES ($1::uuid, $2, $3, $4::timestamptz, $5::bytea)
  ON CONFLICT DO NOTHING)sql";

constexpr char kRenewApproval[] = R"sql(
  UPDATE notifier.case_signatures SET sign_time = $3, signature = $4::bytea
  WHERE case_id = $1::uuid AND role = 'approve' AND officer_id = $2)sql";

constexpr char kApprove[] = R"sql(
  UPDATE notifier.cases
  SET signatures_needed = greatest(signatures_needed, $2::integer),
    state = CASE WHEN $3::boolean THEN 'APPROVED' ELSE state END,
    approve_time = CASE WHEN $3::boolean THEN $4::timestamptz ELSE approve_time END
  WHERE case_id = $1::uuid)sql";

constexpr char kEnd[] = R"sql(
  UPDATE notifier.cases SET state = $2, pause_reason = '', void_untold = true
  WHERE case_id = $1::uuid)sql";

// Batches that no worker holds; what one holds ends with its attempt.
constexpr char kEndBatches[] = R"sql(
  UPDATE notifier.batches
  SET state = CASE WHEN doubtful THEN 'UNKNOWN' ELSE 'CANCELLED' END,
    sealed_recipients = CASE WHEN doubtful THEN sealed_recipients END,
    lease_id = NULL, settle_time = $2
  WHERE case_id = $1::uuid AND state IN ('PLANNED', 'SENDING')
    AND (lease_id IS NULL OR claim_time <= $2))sql";

constexpr char kUntoldVoids[] = R"sql(
  SELECT DISTINCT ON (c.case_id) c.case_id, c.statement, s.officer_id, s.sign_time, s.signature
  FROM notifier.cases c JOIN notifier.case_signatures s ON s.case_id = c.case_id
  WHERE c.void_untold AND s.role = 'reject'
  ORDER BY c.case_id, s.seq)sql";

constexpr char kVoidTold[] = R"sql(
  UPDATE notifier.cases SET void_untold = false WHERE case_id = $1::uuid)sql";

constexpr char kSetState[] = R"sql(
  UPDATE notifier.cases SET state = $2, pause_reason = $3 WHERE case_id = $1::uuid)sql";

constexpr char kNoteDelay[] = R"sql(
  UPDATE notifier.cases SET pause_reason = $2 WHERE case_id = $1::uuid AND state = 'APPROVED')sql";

constexpr char kCancelUnreleased[] = R"sql(
  UPDATE notifier.cases SET state = 'CANCELLED', pause_reason = $2 WHERE case_id = $1::uuid)sql";

constexpr char kEndRelease[] = R"sql(
  UPDATE notifier.cases SET release_end_time = $2 WHERE case_id = $1::uuid)sql";

constexpr char kExpire[] = R"sql(
  UPDATE notifier.cases SET state = 'EXPIRED'
  WHERE state = 'SUBMITTED' AND expire_time <= $1
  RETURNING case_id)sql";

constexpr char kCasesToOpen[] = R"sql(
  SELECT case_id FROM notifier.cases WHERE state = 'APPROVED' ORDER BY approve_time)sql";

constexpr char kAwaitingLateVisits[] = R"sql(
  SELECT * FROM notifier.case_summaries
  WHERE open_time IS NOT NULL AND forget_time IS NULL AND release_end_time > $1
    AND state IN ('SENDING', 'PAUSED', 'SENT', 'PARTIAL'))sql";

struct LockedCase {
  CaseState state = CaseState::kSubmitted;
  bool opened = false;
  std::optional<absl::Time> release_end_time;

  bool IsOver(absl::Time now) const { return notifier::IsOver(state, release_end_time, now); }
};

absl::StatusOr<LockedCase> LockCase(pqxx::work& tx, const std::string& case_id) {
  const auto rows = tx.exec_params(kLockCase, case_id);
  if (rows.empty()) return CaseNotFound();
  const auto state = ParseCaseState(rows[0]["state"].as<std::string>());
  if (!state.has_value()) throw pqxx::conversion_error("unknown state of a case");
  return LockedCase{*state, !rows[0]["open_time"].is_null(),
                    postgres::NullableTime(rows[0]["release_end_time"])};
}

void InsertSignature(pqxx::work& tx, const std::string& case_id,
                     const OfficerSignature& signature) {
  tx.exec_params(kInsertSignature, case_id, signature.officer_id, SignatureRoleName(signature.role),
                 TimeParam(signature.sign_time), BytesParam(signature.signature));
}

void RenewApproval(pqxx::work& tx, const Approval& approval) {
  tx.exec_params(kRenewApproval, approval.case_id, approval.signature.officer_id,
                 TimeParam(approval.signature.sign_time), BytesParam(approval.signature.signature));
}

absl::Status CheckEnd(const LockedCase& locked, const CaseEnd& end) {
  if (end.state == CaseState::kRejected) {
    return locked.state == CaseState::kSubmitted ? absl::OkStatus() : CaseNotSubmitted();
  }
  return locked.IsOver(end.time) ? CaseFinished() : absl::OkStatus();
}

}  // namespace

absl::Status PostgresCaseStore::AddApproval(const Approval& approval, const AuditEvent& event) {
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const LockedCase locked, LockCase(tx, approval.case_id));
    const auto counts =
        tx.exec_params1(kCountSignatures, approval.case_id, approval.signature.officer_id);
    const auto earlier = postgres::NullableTime(counts[1]);
    const bool renews = earlier.has_value() && locked.state == CaseState::kSubmitted &&
                        *earlier < approval.time - kSignatureLife;
    if (earlier.has_value() && !renews) return absl::OkStatus();
    if (locked.state != CaseState::kSubmitted) return CaseNotSubmitted();
    if (counts[0].as<int>() != approval.signatures_before) {
      return absl::AbortedError("somebody else signed meanwhile");
    }
    if (renews) {
      RenewApproval(tx, approval);
    } else {
      InsertSignature(tx, approval.case_id, approval.signature);
    }
    tx.exec_params(kApprove, approval.case_id, approval.signatures_needed, approval.last,
                   TimeParam(approval.time));
    return AppendEvent(log_, tx, event);
  });
}

absl::Status PostgresCaseStore::End(const CaseEnd& end, const AuditEvent& event) {
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const LockedCase locked, LockCase(tx, end.case_id));
    if (locked.state == end.state) return absl::OkStatus();
    RETURN_IF_ERROR(CheckEnd(locked, end));
    InsertSignature(tx, end.case_id, end.signature);
    tx.exec_params(kEnd, end.case_id, std::string(NameOf(end.state)));
    tx.exec_params(kEndBatches, end.case_id, TimeParam(end.time));
    return AppendEvent(log_, tx, event);
  });
}

absl::StatusOr<std::vector<UntoldVoid>> PostgresCaseStore::UntoldVoids() {
  std::vector<UntoldVoid> voids;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    voids.clear();
    for (const auto& row : tx.exec_params(kUntoldVoids)) {
      voids.push_back({row["case_id"].as<std::string>(),
                       postgres::Bytes(row["statement"]),
                       {row["officer_id"].as<std::string>(), crypto::SignatureRole::kReject,
                        postgres::Time(row["sign_time"]), postgres::Bytes(row["signature"])}});
    }
    return absl::OkStatus();
  }));
  return voids;
}

absl::Status PostgresCaseStore::MarkVoidTold(const std::string& case_id) {
  return postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    tx.exec_params(kVoidTold, case_id);
    return absl::OkStatus();
  });
}

absl::Status PostgresCaseStore::Pause(const std::string& case_id, const std::string& reason,
                                      absl::Time now, const AuditEvent& event) {
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const LockedCase locked, LockCase(tx, case_id));
    if (locked.state == CaseState::kPaused) return absl::OkStatus();
    if (locked.IsOver(now)) return CaseFinished();
    if (locked.state == CaseState::kSubmitted) return CaseNotReleased();
    tx.exec_params(kSetState, case_id, std::string(NameOf(CaseState::kPaused)), reason);
    return AppendEvent(log_, tx, event);
  });
}

absl::Status PostgresCaseStore::Resume(const std::string& case_id, absl::Time now,
                                       const AuditEvent& event) {
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const LockedCase locked, LockCase(tx, case_id));
    if (locked.IsOver(now)) return CaseFinished();
    if (locked.state == CaseState::kSubmitted) return CaseNotReleased();
    if (locked.state != CaseState::kPaused) return absl::OkStatus();
    const CaseState next = locked.opened ? CaseState::kSending : CaseState::kApproved;
    tx.exec_params(kSetState, case_id, std::string(NameOf(next)), "");
    return AppendEvent(log_, tx, event);
  });
}

absl::Status PostgresCaseStore::NoteDelay(const std::string& case_id, const std::string& reason) {
  return postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    tx.exec_params(kNoteDelay, case_id, reason);
    return absl::OkStatus();
  });
}

absl::Status PostgresCaseStore::RefuseRelease(const ReleaseRefusal& refusal,
                                              const AuditEvent& event) {
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const LockedCase locked, LockCase(tx, refusal.case_id));
    if (!CanBePlanned(locked.state)) return absl::OkStatus();
    if (!locked.opened) {
      tx.exec_params(kCancelUnreleased, refusal.case_id, refusal.reason);
    } else if (locked.release_end_time > refusal.time) {
      tx.exec_params(kEndRelease, refusal.case_id, TimeParam(refusal.time));
    } else {
      return absl::OkStatus();
    }
    return AppendEvent(log_, tx, event);
  });
}

absl::StatusOr<int> PostgresCaseStore::Expire(absl::Time now) {
  int expired = 0;
  const auto expire = [&](pqxx::work& tx) -> absl::Status {
    expired = 0;
    for (const auto& row : tx.exec_params(kExpire, TimeParam(now))) {
      RETURN_IF_ERROR(AppendEvent(
          log_, tx,
          {.actor = kTimerActor, .action = "case.expired", .subject = row[0].as<std::string>()}));
      ++expired;
    }
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(postgres::RunInTransaction(pool_, expire));
  return expired;
}

absl::StatusOr<std::vector<std::string>> PostgresCaseStore::CasesToOpen() {
  std::vector<std::string> cases;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    cases.clear();
    for (const auto& row : tx.exec_params(kCasesToOpen)) cases.push_back(row[0].as<std::string>());
    return absl::OkStatus();
  }));
  return cases;
}

absl::StatusOr<std::vector<Case>> PostgresCaseStore::CasesAwaitingLateVisits(absl::Time now) {
  std::vector<Case> cases;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    cases.clear();
    for (const auto& row : tx.exec_params(kAwaitingLateVisits, TimeParam(now))) {
      cases.push_back(CaseOf(row));
    }
    return absl::OkStatus();
  }));
  return cases;
}

}  // namespace oshirase::notifier
