#include "services/gateway/webhook/check_in.h"

#include <utility>

#include "common/crypto/inner_seal.h"
#include "common/ids/venue_code.h"
#include "common/time/japan_time.h"

namespace oshirase::gateway {
namespace {

// A redelivered scan is still worth recording for this long; it is the age up to which the keys of
// its day are certainly held.
constexpr absl::Duration kMaxAge = absl::Hours(24);
// LINE's clock may be ahead of ours by this.
constexpr absl::Duration kMaxAhead = absl::Minutes(5);

}  // namespace

void CheckIn::Handle(std::shared_ptr<const Event> event, const CallContext& call, Done done) const {
  const ids::VenueCodeInText found = ids::FindVenueCode(event->text);
  if (found.kind == ids::VenueCodeInText::Kind::kNone) {
    done(Handled{"no_code", parts_.texts.Help()});
    return;
  }
  if (found.kind == ids::VenueCodeInText::Kind::kMistyped) {
    done(Handled{"mistyped_code", parts_.texts.MistypedCode()});
    return;
  }
  parts_.venues.Find(*found.code, call,
                     [this, event = std::move(event), call, done = std::move(done)](
                         absl::StatusOr<std::shared_ptr<const Venue>> venue) mutable {
                       if (!venue.ok()) {
                         done(venue.status());
                       } else if (*venue == nullptr) {
                         done(Handled{"unknown_code", parts_.texts.UnknownCode()});
                       } else if (auto refusal = Refusal(**venue, event->time)) {
                         done(*std::move(refusal));
                       } else {
                         Record(*event, *venue, call, std::move(done));
                       }
                     });
}

std::optional<Handled> CheckIn::Refusal(const Venue& venue, absl::Time time) const {
  const ReplyTexts& texts = parts_.texts;
  const absl::Time now = parts_.clock();
  if (venue.state == Venue::State::kClosed) return Handled{"closed", texts.Closed(venue)};
  if (venue.state == Venue::State::kSuspended) return Handled{"suspended", texts.Suspended(venue)};
  if (time < now - kMaxAge) return Handled{"too_old", texts.NotNow(venue)};
  if (time > now + kMaxAhead) return Handled{"too_early", texts.NotNow(venue)};
  const bool before = venue.event_start && time < *venue.event_start;
  const bool after = venue.event_end && time >= *venue.event_end;
  if (before || after) return Handled{"outside_event", texts.OutsideEvent(venue)};
  return std::nullopt;
}

void CheckIn::Record(const Event& event, const std::shared_ptr<const Venue>& venue,
                     const CallContext& call, Done done) const {
  const Day day = DayOf(event.time);
  const std::shared_ptr<const DayKeys> keys = parts_.keys.Get(day);
  if (keys == nullptr) {
    done(absl::UnavailableError("the keys of the visit's day are not there"));
    return;
  }
  const Admission admission = {.day = day,
                               .person_tag = keys->tags.PersonTag(event.user_id),
                               .event_tag = keys->tags.EventTag(event.event_id)};
  Visit visit = {.visit_id = keys->tags.VisitId(event.event_id),
                 .day = day,
                 .hour = HourOf(event.time),
                 .venue_id = venue->venue_id,
                 .inner_seal = crypto::SealInner(
                     *keys->inner_key, {.day = day, .venue_id = venue->venue_id_bytes},
                     {.user_id = event.user_id, .scan_time = event.time, .end_time = {}})};
  parts_.recorder.Record(
      std::move(visit), admission, call,
      [this, venue, time = event.time, done = std::move(done)](absl::StatusOr<VisitResult> result) {
        if (!result.ok()) {
          done(result.status());
        } else if (*result == VisitResult::kRecorded) {
          done(Handled{"recorded", parts_.texts.Recorded(*venue, time)});
        } else if (*result == VisitResult::kOverCap) {
          done(Handled{"over_cap", parts_.texts.OverCap(*venue)});
        } else {
          done(Handled{"refused", parts_.texts.NotNow(*venue)});
        }
      });
}

}  // namespace oshirase::gateway
