// Planning batches, and settling those in doubt. The case's row is locked first.
#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/store/audit_append.h"
#include "services/notifier/store/batch_rows.h"
#include "services/notifier/store/hashes.h"
#include "services/notifier/store/postgres_outbox.h"

namespace oshirase::notifier {
namespace {

using postgres::TimeParam;

// Rows in one statement; a statement has 3 s.
constexpr size_t kToldPerStatement = 10000;
constexpr size_t kBatchesPerStatement = 200;

constexpr char kLockCase[] = R"sql(
  SELECT state FROM notifier.cases WHERE case_id = $1::uuid FOR UPDATE)sql";

constexpr char kToldPeople[] = R"sql(
  SELECT person FROM notifier.people_told WHERE case_id = $1::uuid)sql";

constexpr char kInsertTold[] = R"sql(
  INSERT INTO notifier.people_told (case_id, person)
  SELECT $1::uuid, person FROM unnest($2::bytea[]) AS told (person)
  ON CONFLICT DO NOTHING)sql";

constexpr char kPlanned[] = R"sql(
  UPDATE notifier.cases
  SET state = CASE WHEN state = 'PAUSED' THEN state
                   WHEN $2::integer > 0 THEN 'SENDING'
                   WHEN state = 'APPROVED' THEN 'SENT' ELSE state END,
    pause_reason = CASE WHEN state = 'PAUSED' THEN pause_reason ELSE '' END,
    open_time = coalesce(open_time, $3::timestamptz), release_end_time = $4, rows_seen = $5,
    unreadable = $6, suppressed_planned = $7,
    sending_finish_time = CASE WHEN $2::integer > 0 THEN NULL
                               WHEN state = 'APPROVED' THEN $3::timestamptz
                               ELSE sending_finish_time END
  WHERE case_id = $1::uuid)sql";

// The case moved on only from these.
constexpr char kResend[] = R"sql(
  UPDATE notifier.batches b
  SET state = 'PLANNED', retry_key = gen_random_uuid(), claim_time = '-infinity', attempts = 0,
    first_attempt_time = NULL, doubtful = false, settle_time = NULL
  FROM notifier.cases c
  WHERE b.case_id = $1::uuid AND b.state = 'UNKNOWN' AND NOT b.given_up
    AND b.sealed_recipients IS NOT NULL
    AND c.case_id = b.case_id AND c.state IN ('SENDING', 'PAUSED', 'PARTIAL'))sql";

// What somebody stopped stays so; a case that only ran out of batches goes on.
constexpr char kResending[] = R"sql(
  UPDATE notifier.cases
  SET state = CASE WHEN stands THEN 'PAUSED' ELSE 'SENDING' END,
    pause_reason = CASE WHEN stands THEN pause_reason ELSE '' END, sending_finish_time = NULL
  FROM (SELECT state = 'PAUSED' AND pause_reason <> 'NOTHING_ACCEPTED' AS stands
        FROM notifier.cases WHERE case_id = $1::uuid) AS before
  WHERE case_id = $1::uuid)sql";

constexpr char kGiveUp[] = R"sql(
  UPDATE notifier.batches SET given_up = true, sealed_recipients = NULL
  WHERE case_id = $1::uuid AND state = 'UNKNOWN' AND NOT given_up)sql";

// A case of which LINE accepted nothing, and of which nobody expects anything any more.
constexpr char kGivenUp[] = R"sql(
  UPDATE notifier.cases SET state = 'CANCELLED', pause_reason = ''
  WHERE case_id = $1::uuid AND state = 'PAUSED' AND pause_reason = 'NOTHING_ACCEPTED')sql";

absl::StatusOr<CaseState> LockCase(pqxx::work& tx, const std::string& case_id) {
  const auto rows = tx.exec_params(kLockCase, case_id);
  if (rows.empty()) return CaseNotFound();
  const auto state = ParseCaseState(rows[0][0].as<std::string>());
  if (!state.has_value()) throw pqxx::conversion_error("unknown state of a case");
  return *state;
}

// Writes who is told now. Returns ALREADY_EXISTS when one of them was told before.
absl::Status InsertTold(pqxx::work& tx, const CasePlan& plan) {
  for (size_t begin = 0; begin < plan.told.size(); begin += kToldPerStatement) {
    const size_t end = std::min(begin + kToldPerStatement, plan.told.size());
    postgres::ByteaArray people(end - begin);
    for (size_t i = begin; i < end; ++i) people.Add(ViewOf(plan.told[i]));
    const auto inserted = tx.exec_params(kInsertTold, plan.case_id, people.Param());
    if (inserted.affected_rows() != end - begin) {
      return absl::AlreadyExistsError("another plan came first");
    }
  }
  return absl::OkStatus();
}

absl::Status InsertPlanned(pqxx::work& tx, const CasePlan& plan) {
  std::vector<const NewBatch*> page;
  for (const NewBatch& batch : plan.batches) {
    page.push_back(&batch);
    if (page.size() < kBatchesPerStatement && &batch != &plan.batches.back()) continue;
    RETURN_IF_ERROR(InsertBatches(tx, {plan.case_id, std::nullopt, plan.now}, page));
    page.clear();
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<crypto::Hash>> PostgresOutbox::ToldPeople(const std::string& case_id) {
  std::vector<crypto::Hash> told;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    told.clear();
    const auto rows = tx.exec_params(kToldPeople, case_id);
    told.reserve(rows.size());
    for (const auto& row : rows) told.push_back(ArrayOf<32>(row[0]));
    return absl::OkStatus();
  }));
  return told;
}

absl::Status PostgresOutbox::Plan(const CasePlan& plan, const AuditEvent& event) {
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const CaseState state, LockCase(tx, plan.case_id));
    if (!CanBePlanned(state)) return CaseFinished();
    RETURN_IF_ERROR(InsertTold(tx, plan));
    RETURN_IF_ERROR(InsertPlanned(tx, plan));
    tx.exec_params(kPlanned, plan.case_id, static_cast<int>(plan.batches.size()),
                   TimeParam(plan.now), TimeParam(plan.release_end_time), plan.rows_seen,
                   plan.unreadable, plan.suppressed);
    return AppendEvent(log_, tx, event);
  });
}

absl::Status PostgresOutbox::SettleUnknown(const std::string& case_id, Settlement settlement,
                                           const AuditEvent& event) {
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    RETURN_IF_ERROR(LockCase(tx, case_id).status());
    const bool resend = settlement == Settlement::kResend;
    const auto batches = tx.exec_params(resend ? kResend : kGiveUp, case_id);
    if (batches.affected_rows() == 0) return NothingToSettle();
    tx.exec_params(resend ? kResending : kGivenUp, case_id);
    return AppendEvent(log_, tx, event);
  });
}

}  // namespace oshirase::notifier
