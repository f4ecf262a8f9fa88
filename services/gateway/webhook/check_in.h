// What becomes of a text message: a check-in when it holds a venue code, a word of help otherwise.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/client/call_context.h"
#include "common/time/clock.h"
#include "services/gateway/batching/visit_recorder.h"
#include "services/gateway/keys/day_key_cache.h"
#include "services/gateway/venues/venue_cache.h"
#include "services/gateway/webhook/event.h"
#include "services/gateway/webhook/reply_text.h"

namespace oshirase::gateway {

// An event that was durably handled or knowingly ignored.
struct Handled {
  const char* result;  // A word for metrics: "recorded", "unknown_code", ...
  std::string reply;   // What to answer; "" for nothing.
};

// Thread-safe.
class CheckIn {
 public:
  using Done = std::function<void(absl::StatusOr<Handled>)>;

  struct Parts {
    VenueCache& venues;
    const DayKeyCache& keys;
    VisitRecorder& recorder;
    const ReplyTexts& texts;
    Clock clock;
  };

  // The parts must outlive this.
  explicit CheckIn(Parts parts) : parts_(std::move(parts)) {}

  // While it lives, the visits of this thread's events gather, to be recorded together.
  VisitRecorder::Gathering Gather() const { return VisitRecorder::Gathering(parts_.recorder); }

  // Handles a text event. Calls `done` once, from any thread, maybe before returning: with what
  // became of it, or with a passing failure, after which LINE should deliver it again.
  void Handle(std::shared_ptr<const Event> event, const CallContext& call, Done done) const;

 private:
  // Why nothing is recorded at `venue` at that time, if so.
  std::optional<Handled> Refusal(const Venue& venue, absl::Time time) const;
  void Record(const Event& event, const std::shared_ptr<const Venue>& venue,
              const CallContext& call, Done done) const;

  const Parts parts_;
};

}  // namespace oshirase::gateway
