// The mail outbox in Postgres, schema registry.
#pragma once

#include <pqxx/pqxx>

#include "common/postgres/pool.h"
#include "services/registry/domain/mail_outbox.h"

namespace oshirase::registry {

// Puts `mail` into the outbox as part of `tx`: it is sent if and only if `tx` is committed. One
// with the same id is not put in again. For the body of a transaction: it throws what libpqxx
// throws.
void EnqueueMail(pqxx::transaction_base& tx, const OutboxMail& mail);

// Thread-safe.
class PostgresMailOutbox final : public MailOutbox {
 public:
  // `pool` must outlive it.
  explicit PostgresMailOutbox(postgres::Pool& pool) : pool_(pool) {}

  absl::Status Enqueue(const OutboxMail& mail) override;
  absl::StatusOr<std::vector<ClaimedMail>> Claim(const MailClaim& claim) override;
  absl::StatusOr<std::optional<absl::Time>> NextClaimTime() override;
  absl::Status End(const MailEnd& end) override;
  absl::StatusOr<int64_t> ForgetSettled(absl::Time time) override;
  absl::StatusOr<MailFigures> Figures() override;

 private:
  postgres::Pool& pool_;
};

}  // namespace oshirase::registry
