// Certificates' sheets and waiting registrations as JSON columns. What is written today is read for
// as long as there are certificates: fields may be added, never renamed or given another meaning.
#pragma once

#include <string>

#include "services/registry/domain/certificate.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

std::string JsonOf(const SheetFacts& sheet);
std::string JsonOf(const VenueDetails& details);

// These throw pqxx::conversion_error for what JsonOf() does not write.
SheetFacts SheetOfJson(const std::string& json);
VenueDetails DetailsOfJson(const std::string& json);

}  // namespace oshirase::registry
