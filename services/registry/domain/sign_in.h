// How a business gets in: by the link of a mail, and no other way. Nothing is issued before a
// mailbox is proved.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/catalogue/catalogue.h"
#include "common/time/clock.h"
#include "services/registry/domain/business_store.h"
#include "services/registry/domain/certificate_maker.h"
#include "services/registry/domain/field_violation.h"
#include "services/registry/domain/own_venue_store.h"

namespace oshirase::registry {

struct StartedRegistration {
  absl::Time link_expire_time;
  std::string receipt_number;
};

enum class LinkPurpose { kRegistration, kUpkeep };
enum class LinkState { kGood, kUsed, kExpired };

struct LinkStatus {
  LinkPurpose purpose = LinkPurpose::kRegistration;
  LinkState state = LinkState::kGood;
};

struct OpenedSession {
  std::string token;
  absl::Time expire_time;
  std::string venue_id;             // registered by the link; empty for upkeep
  bool already_registered = false;  // that venue was there before
};

// What it works on. All must outlive it.
struct SignInParts {
  BusinessStore& businesses;
  OwnVenueStore& venues;
  const catalogue::Catalogue& catalogue;
  const CertificateMaker& certificates;
  Clock clock;
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached.
class SignIn {
 public:
  static constexpr absl::Duration kRegistrationLinkLife = absl::Hours(24);
  static constexpr absl::Duration kUpkeepLinkLife = absl::Minutes(30);
  static constexpr absl::Duration kSessionLife = absl::Hours(2);
  static constexpr int kMailsPerHour = 5;

  explicit SignIn(SignInParts parts) : parts_(std::move(parts)) {}

  // Keeps a registration and mails the link that proves its mailbox. Idempotent in `request_id`.
  // Returns VENUE_INVALID and fills `violations`; TOO_MANY_MAILS.
  absl::StatusOr<StartedRegistration> StartRegistration(const std::string& request_id,
                                                        VenueDetails details,
                                                        FieldViolations& violations);

  // What a link is for and whether it works. Changes nothing. Returns LINK_UNKNOWN.
  absl::StatusOr<LinkStatus> CheckLink(const std::string& token);

  // Uses a link, once: registers what waited for it, and opens a session.
  // Returns LINK_UNKNOWN, LINK_USED, LINK_EXPIRED.
  absl::StatusOr<OpenedSession> Open(const std::string& token);

  // Ends a session. Idempotent.
  absl::Status Close(const std::string& session_token);

  // Mails a link for upkeep if a business has that mailbox; does not tell whether.
  // Returns TOO_MANY_MAILS.
  absl::Status RequestUpkeepLink(const std::string& email);

 private:
  MailLimit Limit(absl::Time now) const;
  absl::StatusOr<LinkedVenue> Register(const Link::Registration& registration,
                                       const TokenHash& token_hash, const Session& session);

  const SignInParts parts_;
};

}  // namespace oshirase::registry
