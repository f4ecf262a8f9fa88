// The open data about listed venues: its columns, named after the habits of the municipal standard
// open data sets (自治体標準オープンデータセット), and its rows as CSV and JSON.
#pragma once

#include <span>
#include <string>

#include "services/gateway/backends/public_client.h"

namespace oshirase::gateway {

// Who publishes.
struct Publisher {
  std::string prefecture_name;
  std::string prefecture_code;
  std::string public_url;
};

struct VenueColumn {
  const char* name;  // As in the files' first line.
  const char* word;  // "open_data.<word>" says what it holds.
  std::string (*value)(const ListedVenue& venue, const Publisher& publisher);
};

std::span<const VenueColumn> VenueColumns();

// The line of the columns' names, and the line of a venue.
std::string VenueCsvHead();
std::string VenueCsvRow(const ListedVenue& venue, const Publisher& publisher);

// A venue as a JSON object with the same names, on one line without an end.
std::string VenueJson(const ListedVenue& venue, const Publisher& publisher);

}  // namespace oshirase::gateway
