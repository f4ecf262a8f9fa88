// Reading venues and certificates out of rows.
#pragma once

#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/registry/domain/own_venue_store.h"
#include "services/registry/domain/register_entry.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

// "SELECT ... FROM registry.venues AS v JOIN ..." followed by `rest`, with the columns that VenueOf
// reads.
std::string SelectVenues(absl::string_view rest);

// The same with what OwnVenueOf reads besides, of the venue's newest certificate.
std::string SelectOwnVenues(absl::string_view rest);

// As SelectOwnVenues, but of the certificate with number $1.
std::string SelectVenueOfCertificate();

// The same with what EntryOf reads besides: of the certificate all but the sheet.
std::string SelectEntries(absl::string_view rest);

// The columns that SummaryOf reads, of the table `s`.
extern const char kSummaryColumns[];

// These throw what libpqxx throws when a column is missing or null.
Venue VenueOf(const pqxx::row& row);
std::vector<Venue> VenuesOf(const pqxx::result& rows);
OwnVenue OwnVenueOf(const pqxx::row& row);
std::vector<OwnVenue> OwnVenuesOf(const pqxx::result& rows);
CertificateSummary SummaryOf(const pqxx::row& row);
std::vector<RegisterEntry> EntriesOf(const pqxx::result& rows);

// The column holds one measure a line.
std::string JoinMeasures(const std::vector<std::string>& measures);

}  // namespace oshirase::registry
