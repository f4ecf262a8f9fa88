#include "services/registry/store/venue_row.h"

#include <stdexcept>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/postgres/fields.h"

namespace oshirase::registry {
namespace {

VenueState StateOf(const std::string& name) {
  for (const auto state : {VenueState::kOpen, VenueState::kClosed, VenueState::kSuspended}) {
    if (name == NameOf(state)) return state;
  }
  throw pqxx::conversion_error("unknown venue state");
}

}  // namespace

Venue VenueOf(const pqxx::row& row) {
  Venue venue;
  VenueDetails& details = venue.details;
  venue.id = {row["venue_id"].as<std::string>()};
  venue.code = row["code"].as<std::string>();
  details.name = row["name"].as<std::string>();
  details.kana = row["kana"].as<std::string>();
  details.kind = row["kind"].as<std::string>();
  details.postal_code = row["postal_code"].as<std::string>();
  details.address = row["address"].as<std::string>();
  details.phone = row["phone"].as<std::string>();
  details.email = row["email"].as<std::string>();
  details.measures = absl::StrSplit(row["measures"].as<std::string>(), '\n', absl::SkipEmpty());
  details.event_start = postgres::NullableTime(row["event_start_time"]);
  details.event_end = postgres::NullableTime(row["event_end_time"]);
  details.name_consent = row["name_consent"].as<bool>();
  details.listed = row["listed"].as<bool>();
  details.drill = row["drill"].as<bool>();
  venue.state = StateOf(row["state"].as<std::string>());
  venue.create_time = postgres::Time(row["create_time"]);
  return venue;
}

std::vector<Venue> VenuesOf(const pqxx::result& rows) {
  std::vector<Venue> venues;
  venues.reserve(rows.size());
  for (const auto& row : rows) venues.push_back(VenueOf(row));
  return venues;
}

std::string JoinMeasures(const std::vector<std::string>& measures) {
  return absl::StrJoin(measures, "\n");
}

}  // namespace oshirase::registry
