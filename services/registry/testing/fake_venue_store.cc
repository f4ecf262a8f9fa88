#include "services/registry/testing/fake_venue_store.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

int RankOf(const std::string& name, const std::string& whole) {
  if (name == whole) return 0;
  if (name.starts_with(whole)) return 1;
  return name.find(whole) != std::string::npos ? 2 : 3;
}

}  // namespace

FakeVenueStore::FakeVenueStore(FakeAuditStore& audit)
    : own_(std::make_unique<FakeRegister>(audit)), register_(*own_) {}

absl::StatusOr<Venue> FakeVenueStore::Insert(const VenueAddition& addition) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  BusinessId business_id = addition.venue.business_id;
  if (business_id.value.empty()) business_id = register_.BusinessOf(addition.venue.details.email);
  const auto earlier = register_.registrations.find(addition.request_id);
  if (earlier != register_.registrations.end()) {
    const Venue& venue = register_.venues.at(earlier->second);
    if (venue.business_id != business_id) return RequestIdReused();
    return venue;
  }
  RETURN_IF_ERROR(register_.CheckPlaces(business_id, {addition}));
  RETURN_IF_ERROR(register_.InsertAll(business_id, {addition}));
  register_.Queue(addition.mails);
  register_.audit.Note(addition.note);
  return register_.venues.at(addition.venue.id);
}

absl::StatusOr<std::optional<Venue>> FakeVenueStore::FindByCode(const std::string& code,
                                                                absl::Time now) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto found = register_.codes.find(code);
  if (found == register_.codes.end() || found->second.end <= now) return std::nullopt;
  return register_.venues.at(found->second.venue_id);
}

absl::StatusOr<std::optional<Venue>> FakeVenueStore::FindByAnyCode(const std::string& code) {
  return FindByCode(code, absl::InfinitePast());
}

absl::StatusOr<std::vector<Venue>> FakeVenueStore::BatchGet(const std::vector<VenueId>& ids) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  std::vector<Venue> found;
  for (const auto& [id, venue] : register_.venues) {
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) found.push_back(venue);
  }
  return found;
}

absl::StatusOr<std::vector<Venue>> FakeVenueStore::Search(const VenueQuery& query) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  std::vector<std::tuple<int, std::string, VenueId>> ranked;
  for (const auto& [id, venue] : register_.venues) {
    const SearchCopy copy = SearchCopyOf(venue.details);
    const bool all = std::all_of(query.words.begin(), query.words.end(), [&](const auto& word) {
      return copy.text.find(word) != std::string::npos;
    });
    if (all) ranked.emplace_back(RankOf(copy.name, query.whole), copy.name, id);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<Venue> page;
  for (auto i = static_cast<size_t>(query.offset); i < ranked.size(); ++i) {
    if (static_cast<int>(page.size()) == query.limit) break;
    page.push_back(register_.venues.at(std::get<VenueId>(ranked[i])));
  }
  return page;
}

absl::StatusOr<Venue> FakeVenueStore::ReplaceCode(const CodeReplacement& replacement,
                                                  const AuditNote& note) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto venue = register_.venues.find(replacement.venue_id);
  if (venue == register_.venues.end()) return VenueNotFound();
  const auto earlier = register_.requests.find(replacement.request_id);
  if (earlier != register_.requests.end()) {
    if (earlier->second != replacement.venue_id) return RequestIdReused();
    return venue->second;
  }
  if (register_.codes.contains(replacement.new_code))
    return absl::AlreadyExistsError("the venue code is taken");
  for (auto& [text, code] : register_.codes) {
    if (code.venue_id == replacement.venue_id)
      code.end = std::min(code.end, replacement.now + replacement.grace);
  }
  register_.codes[replacement.new_code] = {.venue_id = replacement.venue_id};
  register_.requests[replacement.request_id] = replacement.venue_id;
  venue->second.code = replacement.new_code;
  register_.RecordChange(note, replacement.venue_id, replacement.now);
  register_.audit.Note(note);
  return venue->second;
}

absl::StatusOr<Venue> FakeVenueStore::SetState(const StateChange& change) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto venue = register_.venues.find(change.venue_id);
  if (venue == register_.venues.end()) return VenueNotFound();
  if (venue->second.state == change.state) {
    register_.audit.Note(Repeated(change.note));
    return venue->second;
  }
  venue->second.state = change.state;
  register_.RecordChange(change.note, change.venue_id, change.now);
  register_.Queue(change.mails);
  register_.audit.Note(change.note);
  return venue->second;
}

}  // namespace oshirase::registry
