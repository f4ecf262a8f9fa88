// What the notifier asks of checkin. Implemented over gRPC in clients/ and by a fake.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/notifier/domain/exposure.h"

namespace oshirase::notifier {

// Visits per hour of one venue and day; 0 for hours not asked for.
using HourCounts = std::array<int64_t, 24>;

struct SealedVisit {
  VenueId venue_id;
  Day day{};
  int hour = 0;
  std::string sealed;  // "" when the visit was undone
};

enum class CountFrom { kIndexOrRows, kRows };

// Takes one page of visits. A status other than OK ends the stream with it.
using SealedVisitSink = std::function<absl::Status(const std::vector<SealedVisit>&)>;

// Thread-safe. Every method returns UNAVAILABLE CHECKIN_UNAVAILABLE when checkin cannot be asked;
// all of them can be repeated.
class CheckinClient {
 public:
  virtual ~CheckinClient() = default;

  // One element per element of `hours`, in order.
  virtual absl::StatusOr<std::vector<HourCounts>> CountVisits(
      const std::vector<VenueDayHours>& hours, CountFrom from) = 0;

  // Gives all visits of `hours` to `sink`, a page at a time, in this thread.
  virtual absl::Status StreamSealedVisits(const std::vector<VenueDayHours>& hours,
                                          const SealedVisitSink& sink) = 0;
};

}  // namespace oshirase::notifier
