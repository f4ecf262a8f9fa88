// What the prefecture's register desk sees: entries of the register, their certificates and their
// history.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/registry/domain/certificate.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

// A certificate without what its sheet says: the register is read by the thousands.
struct CertificateSummary {
  std::string number;
  int version = 1;
  absl::Time issue_time;
  CertificateState state = CertificateState::kCurrent;

  friend bool operator==(const CertificateSummary&, const CertificateSummary&) = default;
};

CertificateSummary SummaryOf(const IssuedCertificate& certificate);

struct RegisterEntry {
  Venue venue;
  std::optional<CertificateSummary> certificate;  // its newest; none for some old entries
  std::optional<absl::Time> inspect_time;         // when somebody last looked, whatever was found
};

// A line of an entry's history.
struct EntryChange {
  absl::Time time;
  std::string actor;                // "business", "business-api", or "officer/<id>"
  std::string action;               // "registered", "corrected", ...
  std::vector<std::string> fields;  // of VenueDetails, as named in the proto
  std::string reason;               // or empty

  friend bool operator==(const EntryChange&, const EntryChange&) = default;
};

// All there is about one entry.
struct EntryFile {
  RegisterEntry entry;
  std::vector<DeclaredMeasure> measures;         // of its newest certificate
  std::vector<CertificateSummary> certificates;  // newest first
  std::vector<EntryChange> changes;              // newest first
};

// Which entries are meant. All conditions that are set must hold.
struct RegisterFilter {
  std::vector<std::string> words = {};  // folded, see text.h; all must be contained
  std::optional<VenueId> venue_id = {};
  std::string kind = {};
  std::string municipality = {};
  std::optional<VenueState> state = {};
  std::optional<absl::Time> created_from = {};
  std::optional<absl::Time> created_before = {};
};

struct RegisterCount {
  std::string key;
  int64_t count = 0;

  friend bool operator==(const RegisterCount&, const RegisterCount&) = default;
};

struct RegisterCounts {
  std::vector<RegisterCount> by_kind;          // the largest first
  std::vector<RegisterCount> by_municipality;  // the largest first; no key where none is known
  std::vector<RegisterCount> by_state;         // by name
  std::vector<RegisterCount> by_month;         // "2020-06" in Japan, in order
};

}  // namespace oshirase::registry
