// What a check-in needs of the registry: the venue behind a code.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/client/call_context.h"
#include "common/ids/uuid.h"
#include "common/ids/venue_code.h"

namespace oshirase::gateway {

// What a check-in needs to know of a venue.
struct Venue {
  enum class State { kOpen, kClosed, kSuspended };
  std::string venue_id;  // A UUID.
  ids::UuidBytes venue_id_bytes{};
  std::string name;
  State state = State::kOpen;
  // Whether the code asked for is the venue's current one; a replaced one stops on some day.
  bool code_is_current = true;
  // Only of events; [start, end).
  std::optional<absl::Time> event_start;
  std::optional<absl::Time> event_end;
};

// Which codes would be answered differently since a cursor was given out.
struct CodeChanges {
  // Everything may have changed.
  bool reset = false;
  std::vector<std::string> codes;
  std::string cursor;
};

// Thread-safe.
class RegistryClient {
 public:
  using VenueDone = std::function<void(absl::StatusOr<Venue>)>;

  virtual ~RegistryClient() = default;

  // Finds the venue behind `code`, whatever its state. Calls `done` once, from any thread, maybe
  // before returning: with NOT_FOUND for a code of nobody and for a replaced one alike, UNAVAILABLE
  // or DEADLINE_EXCEEDED when there was no answer.
  virtual void LookupVenueCode(const ids::VenueCode& code, const CallContext& call,
                               VenueDone done) = 0;

  // The codes that changed since `cursor` (empty at first) was given out. Returns UNAVAILABLE or
  // DEADLINE_EXCEEDED when there was no answer.
  virtual absl::StatusOr<CodeChanges> ListCodeChanges(const std::string& cursor,
                                                      const CallContext& call) = 0;
};

}  // namespace oshirase::gateway
