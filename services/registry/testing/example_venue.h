// A venue whose every detail is right: tests change the one they are about.
#pragma once

#include "absl/time/time.h"
#include "common/catalogue/catalogue.h"
#include "common/ids/uuid.h"
#include "common/ids/venue_code.h"
#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/certificate_maker.h"
#include "services/registry/domain/venue.h"
#include "services/registry/domain/venue_addition.h"

namespace oshirase::registry {

inline VenueDetails ExampleDetails() {
  return {.name = "喫茶ポエム",
          .kana = "キッサポエム",
          .kind = "restaurant",
          .postal_code = "2318588",
          .municipality = "横浜市中区",
          .address = "日本大通1",
          .phone = "045-210-1111",
          .email = "poem@example.com",
          .business_name = "ポエム商会",
          .parent_venue_id = "",
          .measure_ids = {"masks-staff", "ventilation"},
          .own_measures = {"窓を開けています"},
          .event_start = std::nullopt,
          .event_end = std::nullopt,
          .name_consent = true,
          .listed = false,
          .drill = false};
}

inline VenueDetails ExampleEvent(absl::Time start) {
  auto details = ExampleDetails();
  details.kind = "event";
  details.event_start = start;
  details.event_end = start + absl::Hours(8);
  return details;
}

inline Venue ExampleVenue(absl::Time create_time, VenueDetails details = ExampleDetails()) {
  return {.id = {ids::NewUuid()},
          .code = ids::NewVenueCode().value,
          .business_id = {},
          .details = std::move(details),
          .state = VenueState::kOpen,
          .create_time = create_time};
}

// Three kinds with the same handful of measures, and one measure that is retired.
const catalogue::Catalogue& ExampleCatalogue();

// Of みほん県.
const CertificateMaker& ExampleCertificates();

inline AuditNote ExampleNote(const std::string& action = "test.done") {
  return {.actor = "service/test", .action = action, .subject = "", .facts = {}};
}

// `venue` as something to be stored, with its first certificate.
inline VenueAddition ExampleAddition(const Venue& venue,
                                     const std::string& request_id = ids::NewUuid()) {
  return {.venue = venue,
          .request_id = request_id,
          .certificate = ExampleCertificates().First(venue, venue.create_time),
          .note = ExampleNote("venue.registered"),
          .twins = Twins::kAllowed};
}

}  // namespace oshirase::registry
