// A venue whose every detail is right: tests change the one they are about.
#pragma once

#include "absl/time/time.h"
#include "common/ids/uuid.h"
#include "common/ids/venue_code.h"
#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

inline VenueDetails ExampleDetails() {
  return {.name = "喫茶ポエム",
          .kana = "キッサポエム",
          .kind = "restaurant",
          .postal_code = "2318588",
          .address = "横浜市中区日本大通1",
          .phone = "045-210-1111",
          .email = "poem@example.com",
          .measures = {"換気", "消毒"},
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
          .details = std::move(details),
          .state = VenueState::kOpen,
          .create_time = create_time};
}

inline AuditNote ExampleNote(const std::string& action = "test.done") {
  return {.actor = "service/test", .action = action, .subject = "", .facts = {}};
}

}  // namespace oshirase::registry
