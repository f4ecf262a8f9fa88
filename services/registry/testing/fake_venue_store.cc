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

void FakeVenueStore::FailNext(absl::Status status) {
  absl::MutexLock lock(&mu_);
  failures_.push_back(std::move(status));
}

absl::Status FakeVenueStore::NextFailure() {
  if (failures_.empty()) return absl::OkStatus();
  auto failure = std::move(failures_.front());
  failures_.pop_front();
  return failure;
}

absl::StatusOr<Venue> FakeVenueStore::Insert(const Venue& venue, const std::string& request_id,
                                             const AuditNote& note) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  const auto earlier = registrations_.find(request_id);
  if (earlier != registrations_.end()) return venues_.at(earlier->second);
  if (requests_.contains(request_id)) return RequestIdReused();
  if (codes_.contains(venue.code)) return absl::AlreadyExistsError("the venue code is taken");
  registrations_[request_id] = venue.id;
  requests_[request_id] = venue.id;
  codes_[venue.code] = {.venue_id = venue.id};
  audit_.Note(note);
  return venues_[venue.id] = venue;
}

absl::StatusOr<std::optional<Venue>> FakeVenueStore::FindByCode(const std::string& code,
                                                                absl::Time now) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  const auto found = codes_.find(code);
  if (found == codes_.end() || found->second.end <= now) return std::nullopt;
  return venues_.at(found->second.venue_id);
}

absl::StatusOr<std::optional<Venue>> FakeVenueStore::FindByAnyCode(const std::string& code) {
  return FindByCode(code, absl::InfinitePast());
}

absl::StatusOr<std::vector<Venue>> FakeVenueStore::BatchGet(const std::vector<VenueId>& ids) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  std::vector<Venue> found;
  for (const auto& [id, venue] : venues_) {
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) found.push_back(venue);
  }
  return found;
}

absl::StatusOr<std::vector<Venue>> FakeVenueStore::Search(const VenueQuery& query) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  std::vector<std::tuple<int, std::string, VenueId>> ranked;
  for (const auto& [id, venue] : venues_) {
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
    page.push_back(venues_.at(std::get<VenueId>(ranked[i])));
  }
  return page;
}

absl::StatusOr<Venue> FakeVenueStore::ReplaceCode(const CodeReplacement& replacement,
                                                  const AuditNote& note) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  const auto venue = venues_.find(replacement.venue_id);
  if (venue == venues_.end()) return VenueNotFound();
  const auto earlier = requests_.find(replacement.request_id);
  if (earlier != requests_.end()) {
    if (earlier->second != replacement.venue_id) return RequestIdReused();
    return venue->second;
  }
  if (codes_.contains(replacement.new_code))
    return absl::AlreadyExistsError("the venue code is taken");
  for (auto& [text, code] : codes_) {
    if (code.venue_id == replacement.venue_id)
      code.end = std::min(code.end, replacement.now + replacement.grace);
  }
  codes_[replacement.new_code] = {.venue_id = replacement.venue_id};
  requests_[replacement.request_id] = replacement.venue_id;
  venue->second.code = replacement.new_code;
  audit_.Note(note);
  return venue->second;
}

absl::StatusOr<Venue> FakeVenueStore::SetState(const VenueId& id, VenueState state,
                                               const AuditNote& note) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  const auto venue = venues_.find(id);
  if (venue == venues_.end()) return VenueNotFound();
  venue->second.state = state;
  audit_.Note(note);
  return venue->second;
}

}  // namespace oshirase::registry
