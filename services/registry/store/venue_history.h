// Writing the history of venues. Everything here works inside the caller's transaction and throws
// what libpqxx throws.
#pragma once

#include <optional>
#include <pqxx/pqxx>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

// A line of a venue's history.
struct HistoryLine {
  VenueId venue_id;
  absl::Time time;
  std::optional<std::string> request_id = {};  // where no other table keeps it
  std::optional<std::string> certificate_number = {};
};

// Adds what `note` tells to the history of a venue.
void RecordChange(pqxx::work& tx, const AuditNote& note, const HistoryLine& line);

// The same for several venues; no line of several has a request id.
void RecordChanges(pqxx::work& tx, const AuditNote& note, std::span<const HistoryLine> lines);

// Whether an earlier call with this request id did to the venue what `note` tells.
// Returns REQUEST_ID_REUSED when it did something else.
absl::StatusOr<bool> IsRepeated(pqxx::work& tx, const AuditNote& note, const VenueId& venue_id,
                                const std::string& request_id);

}  // namespace oshirase::registry
