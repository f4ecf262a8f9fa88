// Where businesses and what stands for them are kept. Implemented by PostgresBusinessStore, and by
// a fake for tests; both pass the cases in testing/business_store_contract.cc.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/business.h"
#include "services/registry/domain/outgoing_mail.h"

namespace oshirase::registry {

// A link to be mailed.
struct NewLink {
  std::string email;  // whose mailbox it goes to
  TokenHash token_hash{};
  absl::Time create_time;
  absl::Time expire_time;
  OutgoingMail mail;
};

// How many mails one mailbox may be made to get: those asked for since `since` count.
struct MailLimit {
  int max = 5;
  absl::Time since;
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached, with reason
// COMMIT_IN_DOUBT when a write may have happened.
class BusinessStore {
 public:
  virtual ~BusinessStore() = default;

  // Keeps a registration until the link expires, and queues the link's mail. A repeated request id
  // changes nothing. Returns until when the (first) link works; TOO_MANY_MAILS.
  virtual absl::StatusOr<absl::Time> KeepRegistration(const PendingRegistration& pending,
                                                      const NewLink& link,
                                                      const MailLimit& limit) = 0;

  // Keeps a link for the business of that mailbox and queues its mail; where there is none, only
  // counts the attempt, so that the answers do not differ. Returns TOO_MANY_MAILS.
  virtual absl::Status KeepUpkeepLink(const NewLink& link, const MailLimit& limit) = 0;

  // The link, used and expired ones included for as long as they are kept.
  virtual absl::StatusOr<std::optional<Link>> FindLink(const TokenHash& token_hash) = 0;

  // Uses a business's link, once, and opens `session` for the business.
  // Returns LINK_UNKNOWN, LINK_USED or LINK_EXPIRED.
  virtual absl::StatusOr<BusinessId> UseUpkeepLink(const TokenHash& token_hash,
                                                   const Session& session) = 0;

  // The business of a session that has not ended at `now`.
  virtual absl::StatusOr<std::optional<BusinessId>> FindSession(const TokenHash& token_hash,
                                                                absl::Time now) = 0;

  // Ends a session. Idempotent.
  virtual absl::Status EndSession(const TokenHash& token_hash) = 0;

  // The holder of an API key that was not revoked.
  virtual absl::StatusOr<std::optional<Holder>> FindApiKey(const TokenHash& secret_hash) = 0;

  // The business, or nothing.
  virtual absl::StatusOr<std::optional<Business>> FindBusiness(const BusinessId& id) = 0;

  // Forgets what has expired at `now`: what was typed into registrations never confirmed, sessions,
  // attempts; links kLinkMemory later, so that an old mail gets an exact answer. Idempotent.
  virtual absl::Status Sweep(absl::Time now) = 0;
};

// How long after its end a link is still known.
inline constexpr absl::Duration kLinkMemory = absl::Hours(24 * 7);

}  // namespace oshirase::registry
