#include "services/registry/testing/fake_public_venue_store.h"

#include <algorithm>
#include <tuple>

#include "common/status/macros.h"
#include "services/registry/domain/search_copy.h"

namespace oshirase::registry {
namespace {

int RankOf(const std::string& name, const std::string& whole) {
  if (name == whole) return 0;
  if (name.starts_with(whole)) return 1;
  return name.find(whole) != std::string::npos ? 2 : 3;
}

bool Matches(const SearchCopy& copy, const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(),
                     [&](const auto& word) { return copy.text.find(word) != std::string::npos; });
}

}  // namespace

absl::StatusOr<std::optional<PublishedCertificate>> FakePublicVenueStore::FindCertificate(
    const std::string& number) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  for (const auto& [id, certificates] : register_.certificates) {
    for (const auto& certificate : certificates) {
      if (certificate.number != number) continue;
      const Venue& venue = register_.venues.at(id);
      return PublishedCertificate{.certificate = certificate,
                                  .venue_state = venue.state,
                                  .may_show_address = venue.details.listed,
                                  .inspect_time = register_.OwnOf(venue).inspect_time,
                                  .newest_number = certificates.back().number};
    }
  }
  return std::nullopt;
}

std::vector<ListedVenue> FakePublicVenueStore::Listed() {
  std::vector<ListedVenue> listed;
  for (const auto& [id, venue] : register_.venues) {
    const OwnVenue own = register_.OwnOf(venue);
    const VenueDetails& details = venue.details;
    if (!details.listed || details.drill || venue.state != VenueState::kOpen ||
        !own.certificate.has_value() || own.certificate->state != CertificateState::kCurrent) {
      continue;
    }
    listed.push_back({.id = id,
                      .name = details.name,
                      .kana = details.kana,
                      .kind = details.kind,
                      .postal_code = details.postal_code,
                      .municipality = details.municipality,
                      .address = details.address,
                      .phone = details.phone,
                      .certificate_number = own.certificate->number,
                      .issue_time = own.certificate->issue_time,
                      .event_start = details.event_start,
                      .event_end = details.event_end,
                      .inspect_time = own.inspect_time});
  }
  return listed;
}

absl::StatusOr<ListedMatches> FakePublicVenueStore::Search(const ListedQuery& query) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  std::vector<std::tuple<int, std::string, VenueId, ListedVenue*>> ranked;
  auto listed = Listed();
  for (auto& venue : listed) {
    const SearchCopy copy = SearchCopyOf(register_.venues.at(venue.id).details);
    if (!Matches(copy, query.words) || (!query.kind.empty() && venue.kind != query.kind)) continue;
    ranked.emplace_back(RankOf(copy.name, query.whole), copy.name, venue.id, &venue);
    if (query.words.empty()) std::get<int>(ranked.back()) = 0;
  }
  std::sort(ranked.begin(), ranked.end());
  ListedMatches matches{.venues = {},
                        .match_count = std::min(static_cast<int>(ranked.size()), kMaxMatchCount)};
  for (auto i = static_cast<size_t>(query.offset); i < ranked.size(); ++i) {
    if (static_cast<int>(matches.venues.size()) == query.limit) break;
    matches.venues.push_back(*std::get<ListedVenue*>(ranked[i]));
  }
  return matches;
}

absl::Status FakePublicVenueStore::ReadListed(size_t batch, TakeListedVenues take) {
  std::vector<ListedVenue> listed;
  {
    absl::MutexLock lock(&register_.mu);
    RETURN_IF_ERROR(failures_.Next());
    listed = Listed();
  }
  const std::span<const ListedVenue> all(listed);
  for (size_t begin = 0; begin < all.size(); begin += batch)
    RETURN_IF_ERROR(take(all.subspan(begin, std::min(batch, all.size() - begin))));
  return absl::OkStatus();
}

}  // namespace oshirase::registry
