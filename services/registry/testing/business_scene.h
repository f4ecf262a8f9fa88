// Everything a business can do, on fakes of every store and with a clock that moves only when told.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <variant>

#include "common/ids/uuid.h"
#include "services/registry/domain/credentials.h"
#include "services/registry/domain/sign_in.h"
#include "services/registry/domain/venue_import.h"
#include "services/registry/domain/venue_keeper.h"
#include "services/registry/testing/example_venue.h"
#include "services/registry/testing/fake_business_store.h"
#include "services/registry/testing/fake_own_venue_store.h"
#include "services/registry/testing/fake_venue_store.h"

namespace oshirase::registry {

// Not thread-safe.
struct BusinessScene {
  absl::Time now = absl::FromUnixSeconds(1'607'580'000);
  Clock clock = [this] { return now; };
  FakeAuditStore audit;
  FakeRegister shared{audit};
  FakeBusinessStore businesses{shared};
  FakeOwnVenueStore own_venues{shared};
  FakeVenueStore venues{shared};
  SignIn sign_in{{.businesses = businesses,
                  .venues = own_venues,
                  .catalogue = ExampleCatalogue(),
                  .certificates = ExampleCertificates(),
                  .clock = clock}};
  Credentials credentials{businesses, clock};
  VenueKeeperParts keeper_parts{.businesses = businesses,
                                .own_venues = own_venues,
                                .venues = venues,
                                .catalogue = ExampleCatalogue(),
                                .certificates = ExampleCertificates(),
                                .clock = clock};
  VenueKeeper keeper{keeper_parts};
  VenueImport import{keeper_parts};
  FieldViolations violations;

  // Starts a registration and returns the token in its mail.
  std::string MailedToken(const VenueDetails& details = ExampleDetails()) {
    const auto started = sign_in.StartRegistration(ids::NewUuid(), details, violations);
    REQUIRE(started.ok());
    return std::get<ConfirmationMail>(shared.QueuedMails().back().content).link_token;
  }

  // Registers a venue and returns its business.
  Holder Register(const VenueDetails& details = ExampleDetails()) {
    const auto opened = sign_in.Open(MailedToken(details));
    REQUIRE(opened.ok());
    venue_id = {opened->venue_id};
    return credentials.OfSession(opened->token).value();
  }

  // The mails queued that are of this kind.
  template <typename Mail>
  std::vector<Mail> MailsOf() {
    std::vector<Mail> mails;
    for (const auto& mail : shared.QueuedMails()) {
      if (const auto* content = std::get_if<Mail>(&mail.content)) mails.push_back(*content);
    }
    return mails;
  }

  VenueId venue_id;  // of the last Register()
};

}  // namespace oshirase::registry
