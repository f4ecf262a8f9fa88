#include "services/registry/testing/fake_register_store.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "common/status/macros.h"
#include "services/registry/domain/search_copy.h"

namespace oshirase::registry {
namespace {

bool Matches(const RegisterFilter& filter, const Venue& venue) {
  const VenueDetails& details = venue.details;
  const SearchCopy copy = SearchCopyOf(details);
  const std::string text = copy.text + " " + copy.email;
  return std::all_of(filter.words.begin(), filter.words.end(),
                     [&](const auto& word) { return text.find(word) != std::string::npos; }) &&
         filter.venue_id.value_or(venue.id) == venue.id &&
         (filter.kind.empty() || filter.kind == details.kind) &&
         (filter.municipality.empty() || filter.municipality == details.municipality) &&
         filter.state.value_or(venue.state) == venue.state &&
         filter.created_from.value_or(absl::InfinitePast()) <= venue.create_time &&
         venue.create_time < filter.created_before.value_or(absl::InfiniteFuture());
}

std::vector<RegisterCount> CountsOf(const std::map<std::string, int64_t>& counts) {
  std::vector<RegisterCount> list;
  for (const auto& [key, count] : counts) list.push_back({.key = key, .count = count});
  return list;
}

std::vector<RegisterCount> LargestFirst(std::vector<RegisterCount> counts) {
  std::stable_sort(counts.begin(), counts.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  return counts;
}

std::string MonthOf(absl::Time time) {
  const auto month = absl::ToCivilMonth(time, absl::FixedTimeZone(9 * 60 * 60));
  return absl::StrFormat("%04d-%02d", month.year(), month.month());
}

}  // namespace

RegisterEntry FakeRegisterStore::EntryOf(const Venue& venue) {
  RegisterEntry entry{.venue = venue, .certificate = std::nullopt, .inspect_time = std::nullopt};
  const auto& certificates = register_.certificates[venue.id];
  if (!certificates.empty()) entry.certificate = SummaryOf(certificates.back());
  if (const auto time = register_.inspected.find(venue.id); time != register_.inspected.end())
    entry.inspect_time = time->second;
  return entry;
}

std::vector<RegisterEntry> FakeRegisterStore::Find(const RegisterFilter& filter) {
  std::vector<RegisterEntry> entries;
  for (const auto& [id, venue] : register_.venues) {
    if (Matches(filter, venue)) entries.push_back(EntryOf(venue));
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return std::tie(a.venue.create_time, a.venue.id) > std::tie(b.venue.create_time, b.venue.id);
  });
  return entries;
}

absl::StatusOr<std::vector<RegisterEntry>> FakeRegisterStore::Search(
    const RegisterFilter& filter, const std::optional<VenueCursor>& after, int limit) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  std::vector<RegisterEntry> page;
  for (auto& entry : Find(filter)) {
    if (static_cast<int>(page.size()) == limit) break;
    const bool shown = after.has_value() && std::tie(entry.venue.create_time, entry.venue.id) >=
                                                std::tie(after->create_time, after->venue_id);
    if (!shown) page.push_back(std::move(entry));
  }
  return page;
}

absl::StatusOr<std::optional<OwnVenue>> FakeRegisterStore::FindVenue(const VenueId& id) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto venue = register_.venues.find(id);
  if (venue == register_.venues.end()) return std::nullopt;
  return register_.OwnOf(venue->second);
}

absl::StatusOr<std::optional<EntryFile>> FakeRegisterStore::ReadFile(const VenueId& id) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto venue = register_.venues.find(id);
  if (venue == register_.venues.end()) return std::nullopt;
  EntryFile file{
      .entry = EntryOf(venue->second), .measures = {}, .certificates = {}, .changes = {}};
  const auto& certificates = register_.certificates[id];
  if (!certificates.empty()) file.measures = certificates.back().sheet.measures;
  for (auto it = certificates.rbegin(); it != certificates.rend(); ++it) {
    if (static_cast<int>(file.certificates.size()) < kMaxCertificates)
      file.certificates.push_back(SummaryOf(*it));
  }
  const auto& changes = register_.changes[id];
  file.changes.assign(changes.rbegin(), changes.rend());
  if (file.changes.size() > size_t{kMaxChanges}) file.changes.resize(size_t{kMaxChanges});
  return file;
}

absl::StatusOr<RegisterCounts> FakeRegisterStore::Count() {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  std::map<std::string, int64_t> kinds;
  std::map<std::string, int64_t> municipalities;
  std::map<std::string, int64_t> states;
  std::map<std::string, int64_t> months;
  for (const auto& [id, venue] : register_.venues) {
    ++kinds[venue.details.kind];
    ++municipalities[venue.details.municipality];
    ++states[NameOf(venue.state)];
    ++months[MonthOf(venue.create_time)];
  }
  while (months.size() > kMaxMonths) months.erase(months.begin());
  RegisterCounts counts{.by_kind = LargestFirst(CountsOf(kinds)),
                        .by_municipality = LargestFirst(CountsOf(municipalities)),
                        .by_state = CountsOf(states),
                        .by_month = CountsOf(months)};
  if (counts.by_municipality.size() > kMaxMunicipalities)
    counts.by_municipality.resize(kMaxMunicipalities);
  return counts;
}

absl::Status FakeRegisterStore::Export(const RegisterFilter& filter, const ExportSink& sink) {
  constexpr size_t kAtOnce = 3;
  std::vector<RegisterEntry> entries;
  {
    absl::MutexLock lock(&register_.mu);
    RETURN_IF_ERROR(failures_.Next());
    entries = Find(filter);
  }
  std::reverse(entries.begin(), entries.end());
  RETURN_IF_ERROR(sink.begin(static_cast<int64_t>(entries.size())));
  for (size_t begin = 0; begin < entries.size(); begin += kAtOnce) {
    const size_t end = std::min(begin + kAtOnce, entries.size());
    RETURN_IF_ERROR(sink.take({entries.begin() + static_cast<ptrdiff_t>(begin),
                               entries.begin() + static_cast<ptrdiff_t>(end)}));
  }
  return absl::OkStatus();
}

}  // namespace oshirase::registry
