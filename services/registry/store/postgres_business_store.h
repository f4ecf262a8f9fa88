// Businesses and what stands for them in Postgres, schema registry.
#pragma once

#include "common/postgres/pool.h"
#include "services/registry/domain/business_store.h"
#include "services/registry/store/mail_queue.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresBusinessStore final : public BusinessStore {
 public:
  // Both must outlive it.
  PostgresBusinessStore(postgres::Pool& pool, const MailQueue& mails)
      : pool_(pool), mails_(mails) {}

  absl::StatusOr<absl::Time> KeepRegistration(const PendingRegistration& pending,
                                              const NewLink& link, const MailLimit& limit) override;
  absl::Status KeepUpkeepLink(const NewLink& link, const MailLimit& limit) override;
  absl::StatusOr<std::optional<Link>> FindLink(const TokenHash& token_hash) override;
  absl::StatusOr<BusinessId> UseUpkeepLink(const TokenHash& token_hash,
                                           const Session& session) override;
  absl::StatusOr<std::optional<BusinessId>> FindSession(const TokenHash& token_hash,
                                                        absl::Time now) override;
  absl::Status EndSession(const TokenHash& token_hash) override;
  absl::StatusOr<std::optional<Holder>> FindApiKey(const TokenHash& secret_hash) override;
  absl::StatusOr<std::optional<Business>> FindBusiness(const BusinessId& id) override;
  absl::Status Sweep(absl::Time now) override;

 private:
  postgres::Pool& pool_;
  const MailQueue& mails_;
};

}  // namespace oshirase::registry
