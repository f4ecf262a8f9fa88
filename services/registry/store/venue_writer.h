// Writing venues, their certificates and their history: what the stores of venues have in common.
// Everything here works inside the caller's transaction and throws what libpqxx throws.
#pragma once

#include <optional>
#include <pqxx/pqxx>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/registry/domain/business.h"
#include "services/registry/domain/venue_addition.h"

namespace oshirase::registry {

// Stores the venues of `business_id` with codes, certificates and history, by few statements
// however many they are. Returns ALREADY_EXISTS when a code is taken, REQUEST_ID_REUSED.
absl::Status InsertVenues(pqxx::work& tx, const BusinessId& business_id,
                          std::span<const VenueAddition> additions);

// Supersedes the venue's certificate, if it holds, and stores the next one.
void InsertNextCertificate(pqxx::work& tx, const IssuedCertificate& certificate);

// A line of a venue's history.
struct HistoryLine {
  VenueId venue_id;
  absl::Time time;
  std::optional<std::string> request_id = {};  // where no other table keeps it
  std::optional<std::string> certificate_number = {};
};

// Adds what `note` tells to the history of a venue.
void RecordChange(pqxx::work& tx, const AuditNote& note, const HistoryLine& line);

}  // namespace oshirase::registry
