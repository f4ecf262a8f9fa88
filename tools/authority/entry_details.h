// The details of a venue as an officer writes them: a JSON file as `register show --json` prints
// it, or single settings as field=value. The names are those of VenueDetails in the contract.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "oshirase/registry/v1/venue.pb.h"

namespace oshirase::authority {

// All details by their names; times as TimeJson().
nlohmann::json DetailsJson(const registry::v1::VenueDetails& details);

// What a file holds.
struct EntryFile {
  registry::v1::VenueDetails details;
  std::optional<int32_t> revision;  // Which one the officer had before them.
};

// Reads details, or an object with `details` and perhaps `revision` among others. Returns WRONG_USE
// with every member that is unknown or of the wrong type.
absl::StatusOr<EntryFile> ReadEntryFile(const std::string& json);

// Changes `details` by "name=たけ", "listed=true", "event_end_time=2020-06-01T21:00",
// "measure_ids=a,b". A list is replaced by the values given for it, each of own_measures by a
// setting of its own; an empty value empties it. Returns WRONG_USE with every bad setting.
absl::Status ApplySettings(const std::vector<std::string>& settings,
                           registry::v1::VenueDetails& details);

// Holds the texts against their limits and trims them; the rest is for the registry to judge.
// Returns WRONG_USE with everything that is wrong.
absl::Status CheckDetails(registry::v1::VenueDetails& details);

// One detail that differs, in the officer's words.
struct Difference {
  std::string label;
  std::string before;
  std::string after;
};

std::vector<Difference> DifferencesOf(const registry::v1::VenueDetails& before,
                                      const registry::v1::VenueDetails& after);

// All details with their labels, in the order of the form.
std::vector<std::pair<std::string, std::string>> DetailsText(
    const registry::v1::VenueDetails& details);

// "施設名" for `name`; the name itself when it is none of VenueDetails.
std::string LabelOf(const std::string& field);

}  // namespace oshirase::authority
