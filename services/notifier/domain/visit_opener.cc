#include "services/notifier/domain/visit_opener.h"

#include <algorithm>
#include <utility>

#include "common/crypto/inner_seal.h"
#include "common/ids/uuid.h"
#include "common/keyring/keyring.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"

namespace oshirase::notifier {
namespace {

bool IsGoneForGood(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason == keyring::kKeyLost || reason == keyring::kKeyDestroyed ||
         reason == keyring::kKeyNotMade;
}

}  // namespace

VisitOpener::VisitOpener(std::vector<Exposure> exposures, Release release,
                         InnerKeyFinder inner_keys)
    : inner_keys_(std::move(inner_keys)) {
  for (Exposure& exposure : exposures) {
    exposures_[exposure.venue_id].push_back(std::move(exposure));
  }
  for (ReleasedHour& released : release.hours) {
    openers_[{released.venue_id, released.day, released.hour}] =
        std::make_unique<crypto::OuterOpener>(
            crypto::OuterKeyPairOf(std::move(released.private_key)));
  }
}

absl::Status VisitOpener::CheckNotEmpty() const {
  return openers_.empty() ? ReleaseIncomplete() : absl::OkStatus();
}

absl::Status VisitOpener::Open(const std::vector<SealedVisit>& page) {
  for (const SealedVisit& visit : page) {
    ++figures_.rows;
    if (visit.sealed.empty()) {
      ++figures_.undone;
      continue;
    }
    RETURN_IF_ERROR(OpenOne(visit));
  }
  return absl::OkStatus();
}

absl::Status VisitOpener::OpenOne(const SealedVisit& visit) {
  const auto venue = ids::ParseUuid(visit.venue_id.value);
  if (!venue.ok()) {
    ++figures_.ignored;
    return absl::OkStatus();
  }
  const auto opener = openers_.find({visit.venue_id, visit.day, visit.hour});
  if (opener == openers_.end()) {
    ++figures_.unreadable;
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const crypto::SharedKey inner_key, InnerKeyOf(visit.day));
  if (inner_key == nullptr) {
    ++figures_.unreadable;
    return absl::OkStatus();
  }
  const auto blob = opener->second->Open(visit.sealed);
  if (!blob.ok()) {
    ++figures_.ignored;
    return absl::OkStatus();
  }
  const auto opened = crypto::OpenInner(*inner_key, {visit.day, *venue}, *blob);
  // A row that was moved to another hour opens there but betrays itself by its own time.
  if (!opened.ok() || DayOf(opened->scan_time) != visit.day ||
      HourOf(opened->scan_time) != visit.hour) {
    ++figures_.ignored;
    return absl::OkStatus();
  }
  if (IsExposedAt(visit.venue_id, {opened->scan_time, opened->end_time})) {
    exposed_.insert(opened->user_id);
  }
  return absl::OkStatus();
}

absl::StatusOr<crypto::SharedKey> VisitOpener::InnerKeyOf(Day day) {
  const auto known = keys_of_days_.find(day);
  if (known != keys_of_days_.end()) return known->second;
  auto key = inner_keys_(day);
  if (!key.ok() && !IsGoneForGood(key.status())) return key.status();
  return keys_of_days_[day] = key.ok() ? *key : nullptr;
}

bool VisitOpener::IsExposedAt(const VenueId& venue_id, const VisitTimes& times) const {
  const auto found = exposures_.find(venue_id);
  return found != exposures_.end() &&
         std::any_of(found->second.begin(), found->second.end(),
                     [&](const Exposure& exposure) { return IsExposed(times, exposure); });
}

std::vector<ids::LineUserId> VisitOpener::TakeExposed() {
  std::vector<ids::LineUserId> people(exposed_.begin(), exposed_.end());
  std::sort(people.begin(), people.end());
  exposed_.clear();
  return people;
}

}  // namespace oshirase::notifier
