// Reading venues out of rows.
#pragma once

#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "services/registry/domain/venue.h"

namespace oshirase::registry {

// Every query of venues begins with this; the columns are those VenueOf reads.
inline constexpr char kSelectVenues[] = R"(
  SELECT v.venue_id, c.code, v.name, v.kana, v.kind, v.postal_code, v.address, v.phone, v.email,
         v.measures, v.event_start_time, v.event_end_time, v.name_consent, v.listed, v.drill,
         v.state, v.create_time
  FROM registry.venues AS v
  JOIN registry.venue_codes AS c ON c.venue_id = v.venue_id AND c.end_time IS NULL)";

// Throws what libpqxx throws when a column is missing or null.
Venue VenueOf(const pqxx::row& row);
std::vector<Venue> VenuesOf(const pqxx::result& rows);

// The column holds one measure a line.
std::string JoinMeasures(const std::vector<std::string>& measures);

}  // namespace oshirase::registry
