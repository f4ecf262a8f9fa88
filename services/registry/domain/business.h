// Businesses, and what stands for one: links, sessions, API keys.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "absl/time/time.h"
#include "services/registry/domain/tokens.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

struct Business {
  BusinessId id;
  std::string email;  // as typed at the first registration
  std::string name;   // given with the newest venue, or empty
  int venue_count = 0;
};

// What tells mailboxes apart: the address in ASCII lower case. Mail servers may tell case apart in
// the local part, but none that people use does, and people type their address either way.
std::string EmailKey(const std::string& email);

// What the page after a registration and its mail both show, so that the mail is known to belong to
// it: "1234-5678", the same for the same request.
std::string ReceiptNumberOf(const std::string& request_id);

// A registration whose mailbox is not proved yet.
struct PendingRegistration {
  std::string request_id;
  VenueDetails details;
};

struct Link {
  // What it opens: the registration that waits, or the business. A registration that was made
  // or has expired has no details any more.
  struct Registration {
    std::string request_id;
    std::optional<VenueDetails> details;
  };
  std::variant<Registration, BusinessId> opens;
  absl::Time expire_time;
  std::optional<absl::Time> use_time;
};

struct Session {
  TokenHash token_hash{};
  absl::Time create_time;
  absl::Time expire_time;
};

// Who acts for a business, and how the logs call it.
struct Holder {
  BusinessId business_id;
  std::string actor;  // "business/<id>" or "api-key/<id>"
};

// The actor of a business that acts by itself.
std::string ActorOf(const BusinessId& id);

// How a venue's history calls an actor of the audit log: "business", "business-api", or as it is.
std::string HistoryActorOf(const std::string& actor);

}  // namespace oshirase::registry
