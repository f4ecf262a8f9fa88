// What check-in knows of a visit: where, in which hour, and a blob it cannot open.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "common/ids/uuid.h"
#include "common/time/japan_time.h"

namespace oshirase::checkin {

using VenueId = ids::UuidBytes;

// HMAC of the webhook event's id under the day's tag key: the same event finds its own row again.
using VisitId = std::array<uint8_t, 16>;

// A visit as the gateway hands it over, or, once `sealed` holds the outer seal too, as it is
// stored.
struct Visit {
  VisitId id{};
  Day day;
  int hour = 0;  // 0 to 23, Japan time
  VenueId venue{};
  std::string sealed;  // Empty when the visit was undone.
};

// What became of one visit handed over.
enum class Outcome {
  kRecorded,         // Stored now, and durable.
  kAlreadyRecorded,  // Was stored before; nothing changed.
  kRefused,          // Can never be stored.
  kFailed,           // Not stored for a passing reason.
};

// Some hours of one venue and day.
struct VenueHours {
  VenueId venue{};
  Day day;
  uint32_t hours = 0;  // Bit 0 is 00:00 to 01:00.

  bool Has(int hour) const { return ((hours >> hour) & 1U) != 0; }
};

// Visits by hour of one venue and day.
using HourCounts = std::array<uint32_t, 24>;

}  // namespace oshirase::checkin
