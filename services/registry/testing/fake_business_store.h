// A BusinessStore in memory that can be told to fail. It keeps no secret and shows nothing about
// durability.
#pragma once

#include <optional>
#include <string>

#include "services/registry/domain/business_store.h"
#include "services/registry/testing/fake_register.h"

namespace oshirase::registry {

// Thread-safe.
class FakeBusinessStore final : public BusinessStore {
 public:
  // `shared` must outlive it.
  explicit FakeBusinessStore(FakeRegister& shared) : register_(shared) {}

  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status) { failures_.Push(std::move(status)); }

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
  FakeRegister& register_;
  FailureQueue failures_;
};

}  // namespace oshirase::registry
