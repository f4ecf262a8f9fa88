// How cases and their batches come to an end.
#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/notifier/domain/case.h"
#include "services/notifier/store/audit_append.h"
#include "services/notifier/store/postgres_outbox.h"

namespace oshirase::notifier {
namespace {

using postgres::TimeParam;

constexpr char kHasOpenBatches[] = R"sql(
  SELECT EXISTS (SELECT FROM notifier.batches
    WHERE case_id = $1::uuid AND state IN ('PLANNED', 'SENDING')))sql";

// One statement, so that of two workers who end the last two batches at once one finishes the case.
// A case that was resumed without open batches has its time already.
constexpr char kFinish[] = R"sql(
  WITH ended AS (
    SELECT sum(people) FILTER (WHERE state = 'ACCEPTED') AS accepted,
      sum(people) FILTER (WHERE state IN ('REJECTED', 'UNKNOWN', 'UNSENT', 'CANCELLED')) AS bad,
      count(*) FILTER (WHERE state IN ('PLANNED', 'SENDING')) AS open
    FROM notifier.batches WHERE case_id = $1::uuid)
  UPDATE notifier.cases c
  SET state = CASE WHEN coalesce(bad, 0) = 0 THEN 'SENT'
                   WHEN coalesce(accepted, 0) > 0 THEN 'PARTIAL' ELSE 'PAUSED' END,
    pause_reason = CASE WHEN coalesce(bad, 0) > 0 AND coalesce(accepted, 0) = 0
                        THEN 'NOTHING_ACCEPTED' ELSE '' END,
    sending_finish_time = coalesce(c.sending_finish_time, $2)
  FROM ended
  WHERE c.case_id = $1::uuid AND c.state = 'SENDING' AND ended.open = 0
  RETURNING c.state, coalesce(accepted, 0), coalesce(bad, 0))sql";

constexpr char kCasesInSending[] = R"sql(
  SELECT case_id FROM notifier.cases WHERE state = 'SENDING')sql";

constexpr char kSweepCancelled[] = R"sql(
  UPDATE notifier.batches b
  SET state = CASE WHEN b.doubtful THEN 'UNKNOWN' ELSE 'CANCELLED' END,
    sealed_recipients = CASE WHEN b.doubtful THEN b.sealed_recipients END,
    lease_id = NULL, settle_time = $1
  FROM notifier.cases c
  WHERE c.case_id = b.case_id AND c.state = 'CANCELLED' AND b.state IN ('PLANNED', 'SENDING')
    AND (b.lease_id IS NULL OR b.claim_time <= $1))sql";

constexpr char kCasesToForget[] = R"sql(
  SELECT c.case_id FROM notifier.cases c
  WHERE c.approve_time IS NOT NULL AND c.forget_time IS NULL
    AND (c.approve_time <= $2
      OR (c.state IN ('SENT', 'PARTIAL', 'CANCELLED')
        AND (c.state = 'CANCELLED' OR c.release_end_time <= $1)
        AND NOT EXISTS (SELECT FROM notifier.batches b WHERE b.case_id = c.case_id
          AND (b.state IN ('PLANNED', 'SENDING') OR b.state = 'UNKNOWN' AND NOT b.given_up)))))sql";

constexpr char kForgetBatches[] = R"sql(
  UPDATE notifier.batches
  SET state = CASE WHEN state NOT IN ('PLANNED', 'SENDING') THEN state
                   WHEN doubtful THEN 'UNKNOWN' ELSE 'UNSENT' END,
    settle_time = coalesce(settle_time, $2), sealed_recipients = NULL, lease_id = NULL,
    given_up = state = 'UNKNOWN' OR given_up
  WHERE case_id = $1::uuid AND state IN ('PLANNED', 'SENDING', 'UNKNOWN'))sql";

constexpr char kForgetTold[] = R"sql(
  DELETE FROM notifier.people_told WHERE case_id = $1::uuid)sql";

constexpr char kForgetCase[] = R"sql(
  UPDATE notifier.cases c
  SET pause_reason = CASE WHEN c.state = 'CANCELLED' THEN c.pause_reason ELSE '' END,
    state = CASE WHEN c.state NOT IN ('APPROVED', 'SENDING', 'PAUSED') THEN c.state
                 WHEN c.open_time IS NOT NULL AND NOT EXISTS (SELECT FROM notifier.batches b
                   WHERE b.case_id = c.case_id AND b.state NOT IN ('ACCEPTED', 'SPLIT')) THEN 'SENT'
                 WHEN EXISTS (SELECT FROM notifier.batches b
                   WHERE b.case_id = c.case_id AND b.state = 'ACCEPTED') THEN 'PARTIAL'
                 ELSE 'CANCELLED' END
  WHERE c.case_id = $1::uuid)sql";

constexpr char kMarkForgotten[] = R"sql(
  UPDATE notifier.cases SET forget_time = $2
  WHERE case_id = $1::uuid AND forget_time IS NULL)sql";

constexpr char kForgotten[] = R"sql(
  SELECT case_id FROM notifier.cases
  WHERE case_id = ANY($1::uuid[]) AND forget_time IS NOT NULL)sql";

constexpr char kCaseFigures[] = R"sql(
  SELECT state, count(*) FROM notifier.cases GROUP BY state)sql";

constexpr char kFigures[] = R"sql(
  SELECT count(*) FILTER (WHERE state = 'PLANNED'), count(*) FILTER (WHERE state = 'SENDING'),
    count(*) FILTER (WHERE state = 'UNKNOWN'),
    min(plan_time) FILTER (WHERE state IN ('PLANNED', 'SENDING'))
  FROM notifier.batches
  WHERE state IN ('PLANNED', 'SENDING') OR state = 'UNKNOWN' AND NOT given_up)sql";

AuditEvent FinishedEvent(const std::string& case_id, const pqxx::row& row) {
  const std::string state = row[0].as<std::string>();
  const char* action = state == "SENT"      ? "case.sent"
                       : state == "PARTIAL" ? "case.partial"
                                            : "case.stalled";
  return {.actor = kTimerActor,
          .action = action,
          .subject = case_id,
          .detail = {{"accepted", row[1].as<int64_t>()}, {"not_accepted", row[2].as<int64_t>()}}};
}

std::vector<std::string> FirstColumn(const pqxx::result& rows) {
  std::vector<std::string> values;
  for (const auto& row : rows) values.push_back(row[0].as<std::string>());
  return values;
}

}  // namespace

absl::StatusOr<bool> PostgresOutbox::FinishCase(const std::string& case_id, absl::Time now) {
  bool open = false;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    open = tx.exec_params1(kHasOpenBatches, case_id)[0].as<bool>();
    return absl::OkStatus();
  }));
  if (open) return false;
  bool finished = false;
  RETURN_IF_ERROR(postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    const auto rows = tx.exec_params(kFinish, case_id, TimeParam(now));
    finished = !rows.empty();
    return finished ? AppendEvent(log_, tx, FinishedEvent(case_id, rows[0])) : absl::OkStatus();
  }));
  return finished;
}

absl::StatusOr<std::vector<std::string>> PostgresOutbox::CasesInSending() {
  std::vector<std::string> cases;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    cases = FirstColumn(tx.exec_params(kCasesInSending));
    return absl::OkStatus();
  }));
  return cases;
}

absl::Status PostgresOutbox::SweepCancelled(absl::Time now) {
  return postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    tx.exec_params(kSweepCancelled, TimeParam(now));
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<std::string>> PostgresOutbox::CasesToForget(absl::Time now,
                                                                       absl::Time oldest_approval) {
  std::vector<std::string> cases;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    cases = FirstColumn(tx.exec_params(kCasesToForget, TimeParam(now), TimeParam(oldest_approval)));
    return absl::OkStatus();
  }));
  return cases;
}

absl::Status PostgresOutbox::Forget(const std::string& case_id, absl::Time now) {
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) {
    tx.exec_params(kForgetCase, case_id);
    tx.exec_params(kForgetBatches, case_id, TimeParam(now));
    tx.exec_params(kForgetTold, case_id);
    return absl::OkStatus();
  });
}

absl::Status PostgresOutbox::MarkForgotten(const std::string& case_id, absl::Time now) {
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    if (tx.exec_params(kMarkForgotten, case_id, TimeParam(now)).affected_rows() == 0) {
      return absl::OkStatus();
    }
    return AppendEvent(log_, tx,
                       {.actor = kTimerActor, .action = "case.forgotten", .subject = case_id});
  });
}

absl::StatusOr<std::vector<std::string>> PostgresOutbox::Forgotten(
    const std::vector<std::string>& case_ids) {
  postgres::UuidArray ids(case_ids.size());
  for (const std::string& case_id : case_ids) ids.Add(case_id).IgnoreError();  // no case's id
  std::vector<std::string> forgotten;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    forgotten = FirstColumn(tx.exec_params(kForgotten, ids.Param()));
    return absl::OkStatus();
  }));
  return forgotten;
}

absl::StatusOr<OutboxFigures> PostgresOutbox::Figures() {
  OutboxFigures figures;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto row = tx.exec_params1(kFigures);
    figures = {.cases = {},
               .planned = row[0].as<int64_t>(),
               .sending = row[1].as<int64_t>(),
               .unknown = row[2].as<int64_t>(),
               .oldest_open = postgres::NullableTime(row[3])};
    for (const auto& by_state : tx.exec_params(kCaseFigures)) {
      const auto state = ParseCaseState(by_state[0].as<std::string>());
      if (state.has_value()) figures.cases[*state] = by_state[1].as<int64_t>();
    }
    return absl::OkStatus();
  }));
  return figures;
}

}  // namespace oshirase::notifier
