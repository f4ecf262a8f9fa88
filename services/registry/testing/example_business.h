// Links, sessions and changes whose every part is right: tests change the one they are about.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "absl/time/time.h"
#include "common/ids/uuid.h"
#include "services/registry/domain/changed_fields.h"
#include "services/registry/testing/example_venue.h"
#include "services/registry/testing/store_contracts.h"

namespace oshirase::registry {

inline const absl::Time kExampleNow = absl::FromUnixMicros(1'607'580'000'123'456);

inline MailLimit ExampleLimit() { return {.max = 5, .since = kExampleNow - absl::Hours(1)}; }

// A link for that mailbox, and what it was made of.
struct ExampleLink {
  explicit ExampleLink(std::string mailbox = "poem@example.com") : email(std::move(mailbox)) {}

  NewLink AsNew() const {
    return {.email = email,
            .token_hash = token.hash,
            .create_time = kExampleNow,
            .expire_time = kExampleNow + absl::Hours(24),
            .mail = {.to = email,
                     .content = UpkeepLinkMail{.link_token = token.text,
                                               .link_expire_time = kExampleNow}}};
  }

  std::string email;
  Token token = NewToken();
};

inline Session ExampleSession(absl::Time now = kExampleNow) {
  return {.token_hash = NewToken().hash, .create_time = now, .expire_time = now + absl::Hours(2)};
}

inline LinkedAddition ExampleLinked(const ExampleLink& link, const std::string& request_id,
                                    const VenueDetails& details = ExampleDetails()) {
  LinkedAddition linked{
      .token_hash = link.token.hash,
      .session = ExampleSession(),
      .addition = ExampleAddition(ExampleVenue(kExampleNow, details), request_id)};
  linked.addition.note.actor = "";
  linked.addition.twins = Twins::kRefused;
  return linked;
}

// Registers a venue, as if by its link.
inline LinkedVenue RegisterByLink(BusinessStores& stores,
                                  const VenueDetails& details = ExampleDetails()) {
  const ExampleLink link(details.email);
  const std::string request_id = ids::NewUuid();
  const MailLimit no_limit{.max = 100, .since = kExampleNow};
  REQUIRE(
      stores.businesses
          .KeepRegistration({.request_id = request_id, .details = details}, link.AsNew(), no_limit)
          .ok());
  const auto linked = stores.own_venues.AddByLink(ExampleLinked(link, request_id, details));
  REQUIRE(linked.ok());
  return *linked;
}

inline OwnVenue FindOwn(BusinessStores& stores, const LinkedVenue& linked) {
  const auto found = stores.own_venues.Find(linked.venue_id, linked.business_id);
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  return **found;
}

// A change of `own` to `details`, with the next certificate where one is needed.
inline VenueUpdate ExampleUpdate(const OwnVenue& own, const VenueDetails& details) {
  Venue changed = own.venue;
  changed.details = details;
  VenueUpdate update{.venue_id = own.venue.id,
                     .business_id = own.venue.business_id,
                     .request_id = ids::NewUuid(),
                     .revision = own.venue.revision,
                     .details = details,
                     .fields = ChangedFields(own.venue.details, details),
                     .certificate = std::nullopt,
                     .now = kExampleNow + absl::Hours(1),
                     .note = ExampleNote("venue.changed"),
                     .mails = {}};
  if (ExampleCertificates().NeedsNew(*own.certificate, changed))
    update.certificate = ExampleCertificates().After(*own.certificate, changed, update.now);
  return update;
}

}  // namespace oshirase::registry
