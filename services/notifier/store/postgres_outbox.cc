// The part of the outbox that sending uses, batch by batch.
#include "services/notifier/store/postgres_outbox.h"

#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/store/audit_append.h"
#include "services/notifier/store/batch_rows.h"
#include "services/notifier/store/hashes.h"

namespace oshirase::notifier {
namespace {

using postgres::TimeParam;

// SKIP LOCKED, never "id > last": a batch that another worker is taking is simply not there.
constexpr char kClaim[] = R"sql(
  WITH due AS (
    SELECT b.batch_id FROM notifier.batches b JOIN notifier.cases c ON c.case_id = b.case_id
    WHERE b.state IN ('PLANNED', 'SENDING') AND b.claim_time <= $1 AND c.state = 'SENDING'
    ORDER BY b.claim_time LIMIT $3 FOR UPDATE OF b SKIP LOCKED)
  UPDATE notifier.batches b SET claim_time = $2, lease_id = gen_random_uuid()
  FROM due WHERE b.batch_id = due.batch_id
  RETURNING b.batch_id, b.case_id, b.parent_id, b.lease_id, b.language, b.retry_key, b.body_sha256,
    b.sealed_recipients, b.people, b.attempts, b.doubtful, b.first_attempt_time)sql";

constexpr char kNextClaimTime[] = R"sql(
  SELECT min(b.claim_time) FROM notifier.batches b
  JOIN notifier.cases c ON c.case_id = b.case_id
  WHERE b.state IN ('PLANNED', 'SENDING') AND c.state = 'SENDING')sql";

constexpr char kMessageOf[] = R"sql(
  SELECT line_messages_json FROM notifier.case_messages
  WHERE case_id = $1::uuid AND language = $2)sql";

// People left out of a batch at its first attempt count as suppressed.
constexpr char kCountLeftOut[] = R"sql(
  UPDATE notifier.cases c SET suppressed_later = suppressed_later + b.people - $3::integer
  FROM notifier.batches b
  WHERE b.batch_id = $1::uuid AND b.lease_id = $2::uuid AND c.case_id = b.case_id)sql";

// Doubtful from here until an answer says otherwise: the process may die in between.
constexpr char kBeginAttempt[] = R"sql(
  UPDATE notifier.batches b
  SET state = 'SENDING', attempts = b.attempts + 1, doubtful = true, claim_time = $4,
    first_attempt_time = coalesce(b.first_attempt_time, $3::timestamptz),
    start_time = coalesce(b.start_time, $3::timestamptz),
    people = coalesce($5::integer, b.people),
    sealed_recipients = coalesce($6::bytea, b.sealed_recipients),
    retry_key = coalesce($7::uuid, b.retry_key),
    body_sha256 = coalesce($8::bytea, b.body_sha256)
  FROM notifier.cases c
  WHERE b.batch_id = $1::uuid AND b.lease_id = $2::uuid AND b.state IN ('PLANNED', 'SENDING')
    AND c.case_id = b.case_id AND c.state = 'SENDING'
  RETURNING b.first_attempt_time)sql";

constexpr char kAccept[] = R"sql(
  UPDATE notifier.batches
  SET state = 'ACCEPTED', sealed_recipients = NULL, lease_id = NULL, doubtful = false,
    settle_time = coalesce(CASE WHEN state = 'ACCEPTED' THEN settle_time END, $2),
    line_status = $3, line_request_id = nullif($4, ''), line_accepted_request_id = nullif($5, '')
  WHERE batch_id = $1::uuid AND state NOT IN ('SPLIT', 'REJECTED'))sql";

// In a cancelled case nothing goes on.
constexpr char kRetry[] = R"sql(
  UPDATE notifier.batches b
  SET state = CASE WHEN c.state <> 'CANCELLED' THEN 'SENDING'
                   WHEN $5::boolean THEN 'UNKNOWN' ELSE 'CANCELLED' END,
    sealed_recipients = CASE WHEN c.state <> 'CANCELLED' OR $5::boolean THEN b.sealed_recipients END,
    settle_time = CASE WHEN c.state = 'CANCELLED' THEN $3::timestamptz END,
    lease_id = NULL, claim_time = $4, doubtful = $5, line_status = $6,
    line_request_id = nullif($7, '')
  FROM notifier.cases c
  WHERE b.batch_id = $1::uuid AND b.lease_id = $2::uuid AND b.state IN ('PLANNED', 'SENDING')
    AND c.case_id = b.case_id)sql";

constexpr char kSettle[] = R"sql(
  UPDATE notifier.batches
  SET state = $4, sealed_recipients = CASE WHEN $4 = 'UNKNOWN' THEN sealed_recipients END,
    lease_id = NULL, settle_time = $3, doubtful = $5, line_status = $6,
    line_request_id = nullif($7, '')
  WHERE batch_id = $1::uuid AND lease_id = $2::uuid AND state IN ('PLANNED', 'SENDING'))sql";

constexpr char kPauseCase[] = R"sql(
  UPDATE notifier.cases SET state = 'PAUSED', pause_reason = $2
  WHERE case_id = $1::uuid AND state = 'SENDING')sql";

constexpr char kRelease[] = R"sql(
  UPDATE notifier.batches b
  SET state = CASE WHEN c.state <> 'CANCELLED' THEN b.state
                   WHEN b.doubtful THEN 'UNKNOWN' ELSE 'CANCELLED' END,
    sealed_recipients = CASE WHEN c.state <> 'CANCELLED' OR b.doubtful THEN b.sealed_recipients END,
    settle_time = CASE WHEN c.state = 'CANCELLED' THEN $3::timestamptz END,
    lease_id = NULL, claim_time = $3
  FROM notifier.cases c
  WHERE b.batch_id = $1::uuid AND b.lease_id = $2::uuid AND b.state IN ('PLANNED', 'SENDING')
    AND c.case_id = b.case_id)sql";

// The parent is locked before its other half is looked at: of two halves that end at once the
// second waits here until the first is committed.
constexpr char kLockParent[] = R"sql(
  SELECT batch_id FROM notifier.batches
  WHERE batch_id = (SELECT parent_id FROM notifier.batches WHERE batch_id = $1::uuid)
  FOR UPDATE)sql";

constexpr char kSiblingAnswered[] = R"sql(
  SELECT EXISTS (SELECT FROM notifier.batches
    WHERE parent_id = $1::uuid AND batch_id <> $2::uuid AND line_status = $3
      AND state IN ('SPLIT', 'REJECTED')))sql";

ClaimedBatch ClaimedBatchOf(const pqxx::row& row) {
  return {.batch_id = row["batch_id"].as<std::string>(),
          .case_id = row["case_id"].as<std::string>(),
          .parent_id = postgres::Nullable<std::string>(row["parent_id"]).value_or(""),
          .lease_id = row["lease_id"].as<std::string>(),
          .language = row["language"].as<std::string>(),
          .content = {.retry_key = row["retry_key"].as<std::string>(),
                      .body_sha256 = ArrayOf<32>(row["body_sha256"]),
                      .sealed_recipients = postgres::Bytes(row["sealed_recipients"]),
                      .people = row["people"].as<int>()},
          .attempts = row["attempts"].as<int>(),
          .doubtful = row["doubtful"].as<bool>(),
          .first_attempt_time = postgres::NullableTime(row["first_attempt_time"])};
}

const char* StateOf(AttemptEnd::Outcome outcome) {
  switch (outcome) {
    case AttemptEnd::Outcome::kSplit:
      return "SPLIT";
    case AttemptEnd::Outcome::kRejected:
      return "REJECTED";
    case AttemptEnd::Outcome::kUnknown:
      return "UNKNOWN";
    case AttemptEnd::Outcome::kAccepted:
    case AttemptEnd::Outcome::kRetry:
      break;  // have statements of their own
  }
  return "";
}

absl::Status LeaseLost() { return absl::AbortedError("the batch is no longer this worker's"); }

// Carries out what `end` says of its batch; how many rows it changed.
size_t UpdateBatch(pqxx::work& tx, const AttemptEnd& end) {
  switch (end.outcome) {
    case AttemptEnd::Outcome::kAccepted:
      return tx
          .exec_params(kAccept, end.batch_id, TimeParam(end.now), end.line_status,
                       end.line_request_id, end.line_accepted_request_id)
          .affected_rows();
    case AttemptEnd::Outcome::kRetry:
      return tx
          .exec_params(kRetry, end.batch_id, end.lease_id, TimeParam(end.now),
                       TimeParam(end.retry_time.value_or(end.now)), end.doubtful, end.line_status,
                       end.line_request_id)
          .affected_rows();
    default:
      return tx
          .exec_params(kSettle, end.batch_id, end.lease_id, TimeParam(end.now),
                       StateOf(end.outcome), end.doubtful, end.line_status, end.line_request_id)
          .affected_rows();
  }
}

// The reason for which the case has to stop now, if there is one.
std::string PauseReason(pqxx::work& tx, const AttemptEnd& end) {
  if (end.pause_reason_of_both.empty()) return end.pause_reason;
  const auto parent = tx.exec_params(kLockParent, end.batch_id);
  if (parent.empty()) return end.pause_reason;
  const auto both = tx.exec_params1(kSiblingAnswered, parent[0][0].as<std::string>(), end.batch_id,
                                    end.line_status);
  return both[0].as<bool>() ? end.pause_reason_of_both : end.pause_reason;
}

}  // namespace

absl::StatusOr<std::vector<ClaimedBatch>> PostgresOutbox::Claim(const ClaimRequest& request) {
  std::vector<ClaimedBatch> claimed;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    claimed.clear();
    for (const auto& row : tx.exec_params(kClaim, TimeParam(request.now),
                                          TimeParam(request.now + request.lease), request.limit)) {
      claimed.push_back(ClaimedBatchOf(row));
    }
    return absl::OkStatus();
  }));
  return claimed;
}

absl::StatusOr<std::optional<absl::Time>> PostgresOutbox::NextClaimTime() {
  std::optional<absl::Time> time;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    time = postgres::NullableTime(tx.exec_params1(kNextClaimTime)[0]);
    return absl::OkStatus();
  }));
  return time;
}

absl::StatusOr<std::string> PostgresOutbox::MessageOf(const std::string& case_id,
                                                      const std::string& language) {
  std::string message;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto rows = tx.exec_params(kMessageOf, case_id, language);
    if (rows.empty()) return CaseNotFound();
    message = postgres::Bytes(rows[0][0]);
    return absl::OkStatus();
  }));
  return message;
}

absl::StatusOr<absl::Time> PostgresOutbox::BeginAttempt(const AttemptStart& start) {
  std::optional<int> people;
  std::optional<std::string> retry_key;
  std::optional<std::string> sealed;
  std::optional<std::string> body;
  if (start.rewritten.has_value()) {
    people = start.rewritten->people;
    retry_key = start.rewritten->retry_key;
    sealed = start.rewritten->sealed_recipients;
    body = std::string(ViewOf(start.rewritten->body_sha256));
  }
  absl::Time first;
  const auto begin = [&](pqxx::transaction_base& tx) -> absl::Status {
    if (people.has_value()) tx.exec_params(kCountLeftOut, start.batch_id, start.lease_id, *people);
    const auto rows = tx.exec_params(kBeginAttempt, start.batch_id, start.lease_id,
                                     TimeParam(start.now), TimeParam(start.now + start.lease),
                                     people, postgres::NullableBytesParam(sealed), retry_key,
                                     postgres::NullableBytesParam(body));
    if (rows.empty()) return LeaseLost();
    first = postgres::Time(rows[0][0]);
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(people.has_value()
                      ? postgres::RunInTransaction(pool_, [&](pqxx::work& tx) { return begin(tx); })
                      : postgres::RunNonTransactional(
                            pool_, [&](pqxx::nontransaction& tx) { return begin(tx); }));
  return first;
}

absl::StatusOr<std::string> PostgresOutbox::EndAttempt(const AttemptEnd& end) {
  std::string stopped;
  const auto write = [&](pqxx::work& tx) -> absl::Status {
    stopped = PauseReason(tx, end);
    if (!stopped.empty() && tx.exec_params(kPauseCase, end.case_id, stopped).affected_rows() == 0) {
      stopped.clear();
    }
    if (UpdateBatch(tx, end) == 0) return LeaseLost();
    if (end.split.has_value()) {
      RETURN_IF_ERROR(InsertBatches(tx, {end.case_id, end.batch_id, end.now},
                                    {&end.split->first, &end.split->second}));
    }
    if (stopped.empty()) return absl::OkStatus();
    return AppendEvent(log_, tx,
                       {.actor = kTimerActor,
                        .action = "case.paused",
                        .subject = end.case_id,
                        .detail = {{"reason", stopped}}});
  };
  RETURN_IF_ERROR(postgres::RunInTransaction(pool_, write));
  return stopped;
}

absl::Status PostgresOutbox::Release(const ClaimedBatch& batch, absl::Time now) {
  return postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    tx.exec_params(kRelease, batch.batch_id, batch.lease_id, TimeParam(now));
    return absl::OkStatus();
  });
}

}  // namespace oshirase::notifier
