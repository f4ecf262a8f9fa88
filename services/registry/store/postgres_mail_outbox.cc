#include "services/registry/store/postgres_mail_outbox.h"

#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/domain/mail_errors.h"

namespace oshirase::registry {
namespace {

using postgres::TimeParam;

constexpr char kInsert[] = R"sql(
  INSERT INTO registry.mail_outbox (mail_id, kind, sealed_letter, create_time, expire_time, claim_time)
  VALUES ($1, $2, $3, $4, $5, $4)
  ON CONFLICT (mail_id) DO NOTHING)sql";

// SKIP LOCKED, never "id > last": a mail that another worker is taking is simply not there. Kinds
// that only a newer binary writes are left to it, should it have been here before this one.
constexpr char kClaim[] = R"sql(
  WITH due AS (
    SELECT mail_id FROM registry.mail_outbox
    WHERE state = 'QUEUED' AND claim_time <= $1 AND kind = ANY ($4::text[])
    ORDER BY expire_time, claim_time LIMIT $3 FOR UPDATE SKIP LOCKED)
  UPDATE registry.mail_outbox m
  SET claim_time = $2, lease_id = gen_random_uuid(), attempts = m.attempts + 1
  FROM due WHERE m.mail_id = due.mail_id
  RETURNING m.mail_id, m.kind, m.sealed_letter, m.create_time, m.expire_time, m.lease_id,
    m.attempts)sql";

constexpr char kNextClaimTime[] = R"sql(
  SELECT min(claim_time) FROM registry.mail_outbox
  WHERE state = 'QUEUED' AND kind = ANY ($1::text[]))sql";

// Whoever has the lease now: the mail server has taken it.
constexpr char kSent[] = R"sql(
  UPDATE registry.mail_outbox
  SET state = 'SENT', sealed_letter = NULL, lease_id = NULL, last_reason = '',
    settle_time = coalesce(settle_time, $2)
  WHERE mail_id = $1)sql";

constexpr char kRetry[] = R"sql(
  UPDATE registry.mail_outbox
  SET claim_time = $3, lease_id = NULL, last_reason = $4
  WHERE mail_id = $1 AND lease_id = $2 AND state = 'QUEUED')sql";

constexpr char kSettle[] = R"sql(
  UPDATE registry.mail_outbox
  SET state = $3, sealed_letter = NULL, lease_id = NULL, settle_time = $4,
    last_reason = coalesce(nullif($5, ''), last_reason)
  WHERE mail_id = $1 AND lease_id = $2 AND state = 'QUEUED')sql";

constexpr char kForget[] = R"sql(
  DELETE FROM registry.mail_outbox WHERE state <> 'QUEUED' AND settle_time < $1)sql";

constexpr char kFigures[] = R"sql(
  SELECT kind, count(*), min(create_time) FROM registry.mail_outbox
  WHERE state = 'QUEUED' AND kind = ANY ($1::text[]) GROUP BY kind)sql";

pqxx::binarystring KnownKinds() {
  postgres::TextArray names;
  for (const MailKind kind : kMailKinds) names.Add(NameOf(kind));
  return names.Param();
}

MailKind ReadKind(const pqxx::field& field) {
  const auto kind = MailKindOf(field.as<std::string>());
  if (!kind.has_value()) throw pqxx::conversion_error("unknown mail kind");
  return *kind;
}

ClaimedMail ReadClaimed(const pqxx::row& row) {
  return {.mail = {.mail_id = row["mail_id"].as<std::string>(),
                   .kind = ReadKind(row["kind"]),
                   .sealed_letter = postgres::Bytes(row["sealed_letter"]),
                   .create_time = postgres::Time(row["create_time"]),
                   .expire_time = postgres::Time(row["expire_time"])},
          .lease_id = row["lease_id"].as<std::string>(),
          .attempts = row["attempts"].as<int>()};
}

pqxx::result NoteEnd(pqxx::transaction_base& tx, const MailEnd& end) {
  switch (end.outcome) {
    case MailEnd::Outcome::kSent:
      return tx.exec_params(kSent, end.mail_id, TimeParam(end.now));
    case MailEnd::Outcome::kRetry:
      return tx.exec_params(kRetry, end.mail_id, end.lease_id, TimeParam(end.retry_time),
                            end.reason);
    case MailEnd::Outcome::kFailed:
      return tx.exec_params(kSettle, end.mail_id, end.lease_id, "FAILED", TimeParam(end.now),
                            end.reason);
    case MailEnd::Outcome::kExpired:
      return tx.exec_params(kSettle, end.mail_id, end.lease_id, "EXPIRED", TimeParam(end.now),
                            end.reason);
  }
  return {};
}

}  // namespace

void EnqueueMail(pqxx::transaction_base& tx, const OutboxMail& mail) {
  tx.exec_params(kInsert, mail.mail_id, NameOf(mail.kind), postgres::BytesParam(mail.sealed_letter),
                 TimeParam(mail.create_time), TimeParam(mail.expire_time));
}

absl::Status PostgresMailOutbox::Enqueue(const OutboxMail& mail) {
  return postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    EnqueueMail(tx, mail);
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<ClaimedMail>> PostgresMailOutbox::Claim(const MailClaim& claim) {
  std::vector<ClaimedMail> claimed;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto rows = tx.exec_params(kClaim, TimeParam(claim.now),
                                     TimeParam(claim.now + claim.lease), claim.limit, KnownKinds());
    for (const auto& row : rows) claimed.push_back(ReadClaimed(row));
    return absl::OkStatus();
  }));
  return claimed;
}

absl::StatusOr<std::optional<absl::Time>> PostgresMailOutbox::NextClaimTime() {
  std::optional<absl::Time> next;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    next = postgres::NullableTime(tx.exec_params(kNextClaimTime, KnownKinds())[0][0]);
    return absl::OkStatus();
  }));
  return next;
}

absl::Status PostgresMailOutbox::End(const MailEnd& end) {
  return postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const bool noted = NoteEnd(tx, end).affected_rows() > 0;
    return noted ? absl::OkStatus() : MailLeaseLost();
  });
}

absl::StatusOr<int64_t> PostgresMailOutbox::ForgetSettled(absl::Time time) {
  int64_t forgotten = 0;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    forgotten = static_cast<int64_t>(tx.exec_params(kForget, TimeParam(time)).affected_rows());
    return absl::OkStatus();
  }));
  return forgotten;
}

absl::StatusOr<MailFigures> PostgresMailOutbox::Figures() {
  MailFigures figures;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    for (const auto& row : tx.exec_params(kFigures, KnownKinds())) {
      figures.queued[ReadKind(row[0])] = row[1].as<int64_t>();
      const absl::Time oldest = postgres::Time(row[2]);
      if (!figures.oldest_create_time.has_value() || oldest < *figures.oldest_create_time)
        figures.oldest_create_time = oldest;
    }
    return absl::OkStatus();
  }));
  return figures;
}

}  // namespace oshirase::registry
