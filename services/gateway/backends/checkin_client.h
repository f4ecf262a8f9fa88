// What the gateway needs of checkin: the cap of a day, and a place for sealed visits. Neither call
// carries anything that names a visitor.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/client/call_context.h"
#include "common/crypto/tags.h"
#include "common/time/japan_time.h"

namespace oshirase::gateway {

// One visit to be counted against the cap of 20 a person and day.
struct Admission {
  Day day;
  crypto::Tag person_tag{};
  crypto::Tag event_tag{};
};

// One visit to be stored.
struct Visit {
  crypto::Tag visit_id{};
  Day day;
  int hour = 0;  // In Japan, 0 to 23.
  std::string venue_id;
  std::string inner_seal;
};

enum class RecordOutcome {
  kRecorded,         // Stored now, and durable.
  kAlreadyRecorded,  // Was stored before.
  kRefused,          // Can never be stored.
  kFailed,           // Not stored for a passing reason.
};

// Thread-safe.
class CheckinClient {
 public:
  virtual ~CheckinClient() = default;

  // Says of each of 1 to 500 admissions, in their order, whether the visit may be recorded, and
  // counts it. Idempotent in the event tag. Returns UNAVAILABLE, RESOURCE_EXHAUSTED or
  // DEADLINE_EXCEEDED.
  virtual absl::StatusOr<std::vector<bool>> AdmitVisits(const std::vector<Admission>& admissions,
                                                        const CallContext& call) = 0;

  // Stores 1 to 500 visits and returns one outcome each, in their order. Idempotent in the visit
  // id. Fails as AdmitVisits() does; after DEADLINE_EXCEEDED and UNAVAILABLE some may have been
  // stored.
  virtual absl::StatusOr<std::vector<RecordOutcome>> RecordVisits(const std::vector<Visit>& visits,
                                                                  const CallContext& call) = 0;
};

}  // namespace oshirase::gateway
