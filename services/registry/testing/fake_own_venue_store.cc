#include "services/registry/testing/fake_own_venue_store.h"

#include <algorithm>
#include <utility>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/twin_key.h"

namespace oshirase::registry {

Venue* FakeOwnVenueStore::FindOwn(const VenueId& id, const BusinessId& business_id) {
  const auto found = register_.venues.find(id);
  if (found == register_.venues.end() || found->second.business_id != business_id) return nullptr;
  return &found->second;
}

absl::StatusOr<LinkedVenue> FakeOwnVenueStore::AddByLink(const LinkedAddition& linked) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const VenueAddition& addition = linked.addition;
  // Taken first, so that nothing is used when it cannot be stored.
  if (register_.codes.contains(addition.venue.code))
    return absl::AlreadyExistsError("the venue code is taken");
  ASSIGN_OR_RETURN(const auto link,
                   register_.UseLink(linked.token_hash, linked.session.create_time));
  if (link.registration_id != addition.request_id) return LinkUnknown();
  const BusinessId business_id = register_.BusinessOf(addition.venue.details.email);
  register_.sessions[linked.session.token_hash] = {business_id, linked.session};
  std::get<Link::Registration>(register_.links[linked.token_hash].link.opens).details.reset();
  const Venue* const twin = register_.FindTwin(business_id, addition.venue.details);
  if (twin != nullptr)
    return LinkedVenue{
        .business_id = business_id, .venue_id = twin->id, .already_registered = true};
  VenueAddition own = addition;
  own.note.actor = ActorOf(business_id);
  RETURN_IF_ERROR(register_.InsertAll(business_id, {own}));
  register_.Queue(own.mails);
  register_.audit.Note(own.note);
  return LinkedVenue{.business_id = business_id, .venue_id = addition.venue.id};
}

absl::StatusOr<UpdatedVenue> FakeOwnVenueStore::Update(const VenueUpdate& update) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  Venue* const venue = FindOwn(update.venue_id, update.business_id);
  if (venue == nullptr) return VenueNotFound();
  const auto earlier = register_.updates.find(update.request_id);
  if (earlier != register_.updates.end()) {
    if (earlier->second.venue_id != update.venue_id) return RequestIdReused();
    return UpdatedVenue{.venue = register_.OwnOf(*venue),
                        .certificate_issued = earlier->second.certificate_issued};
  }
  if (update.fields.empty()) return UpdatedVenue{.venue = register_.OwnOf(*venue)};
  if (venue->revision != update.revision) return VenueChanged();
  if (update.certificate.has_value()) RETURN_IF_ERROR(register_.CheckIsNext(*update.certificate));
  RETURN_IF_ERROR(register_.CheckPlace(update.business_id, update.venue_id, update.details));
  venue->details = update.details;
  ++venue->revision;
  if (update.certificate.has_value()) register_.AddCertificate(*update.certificate);
  register_.RecordChange(update.note, update.venue_id, update.now);
  register_.updates[update.request_id] = {.venue_id = update.venue_id,
                                          .certificate_issued = update.certificate.has_value()};
  register_.Queue(update.mails);
  register_.audit.Note(update.note);
  return UpdatedVenue{.venue = register_.OwnOf(*venue),
                      .certificate_issued = update.certificate.has_value()};
}

absl::StatusOr<int> FakeOwnVenueStore::AddBatch(const VenueBatch& batch) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto earlier = register_.imports.find(batch.request_id);
  if (earlier != register_.imports.end()) {
    if (earlier->second.first != batch.business_id) return RequestIdReused();
    return earlier->second.second;
  }
  RETURN_IF_ERROR(register_.CheckPlaces(batch.business_id, batch.additions));
  RETURN_IF_ERROR(register_.InsertAll(batch.business_id, batch.additions));
  const auto count = static_cast<int>(batch.additions.size());
  register_.imports[batch.request_id] = {batch.business_id, count};
  register_.Queue(batch.mails);
  register_.audit.Note(batch.note);
  return count;
}

absl::StatusOr<std::optional<int>> FakeOwnVenueStore::FindBatch(const std::string& request_id,
                                                                const BusinessId& business_id) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto found = register_.imports.find(request_id);
  if (found == register_.imports.end()) return std::nullopt;
  if (found->second.first != business_id) return RequestIdReused();
  return found->second.second;
}

absl::StatusOr<std::vector<crypto::Digest>> FakeOwnVenueStore::FindTwins(
    const BusinessId& business_id, const std::vector<crypto::Digest>& keys) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  std::vector<crypto::Digest> twins;
  for (const auto& [id, venue] : register_.venues) {
    const auto key = TwinKeyOf(venue.details);
    if (venue.business_id == business_id && venue.state != VenueState::kClosed &&
        std::find(keys.begin(), keys.end(), key) != keys.end()) {
      twins.push_back(key);
    }
  }
  return twins;
}

absl::StatusOr<OwnVenue> FakeOwnVenueStore::SetOwnState(const OwnStateChange& change) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  Venue* const venue = FindOwn(change.venue_id, change.business_id);
  if (venue == nullptr) return VenueNotFound();
  if (venue->state == VenueState::kSuspended) return VenueIsSuspended();
  if (venue->state != change.state) {
    register_.RecordChange(change.note, change.venue_id, change.now);
    register_.audit.Note(change.note);
  }
  venue->state = change.state;
  return register_.OwnOf(*venue);
}

absl::StatusOr<std::optional<OwnVenue>> FakeOwnVenueStore::Find(const VenueId& id,
                                                                const BusinessId& business_id) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const Venue* const venue = FindOwn(id, business_id);
  if (venue == nullptr) return std::nullopt;
  return register_.OwnOf(*venue);
}

absl::StatusOr<std::optional<OwnVenue>> FakeOwnVenueStore::FindByCertificate(
    const std::string& number) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  for (const auto& [id, certificates] : register_.certificates) {
    for (const auto& certificate : certificates) {
      if (certificate.number != number) continue;
      OwnVenue own = register_.OwnOf(register_.venues.at(id));
      own.certificate = certificate;
      return own;
    }
  }
  return std::nullopt;
}

absl::StatusOr<std::vector<OwnVenue>> FakeOwnVenueStore::List(
    const BusinessId& business_id, const std::optional<VenueCursor>& after, int limit) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  std::vector<OwnVenue> venues;
  for (const auto& [id, venue] : register_.venues) {
    if (venue.business_id != business_id) continue;
    if (after.has_value() &&
        std::tie(venue.create_time, id) >= std::tie(after->create_time, after->venue_id)) {
      continue;
    }
    venues.push_back(register_.OwnOf(venue));
  }
  std::sort(venues.begin(), venues.end(), [](const OwnVenue& a, const OwnVenue& b) {
    return std::tie(a.venue.create_time, a.venue.id) > std::tie(b.venue.create_time, b.venue.id);
  });
  if (venues.size() > static_cast<size_t>(limit)) venues.resize(static_cast<size_t>(limit));
  return venues;
}

}  // namespace oshirase::registry
