// The mails of the register's changes, as sealed letters in the outbox.
#pragma once

#include <functional>

#include "services/registry/domain/letter_sealer.h"
#include "services/registry/domain/site_addresses.h"
#include "services/registry/store/mail_queue.h"

namespace oshirase::registry {

// Thread-safe.
class LetterQueue final : public MailQueue {
 public:
  // `sealer` must outlive it. `wake` tells the dispatcher that mails may have come.
  LetterQueue(const LetterSealer& sealer, SiteAddresses site, std::function<void()> wake)
      : sealer_(sealer), site_(std::move(site)), wake_(std::move(wake)) {}

  absl::StatusOr<std::unique_ptr<PreparedMail>> Prepare(const OutgoingMail& mail) const override;
  void Wake() const override { wake_(); }

 private:
  const LetterSealer& sealer_;
  const SiteAddresses site_;
  const std::function<void()> wake_;
};

}  // namespace oshirase::registry
