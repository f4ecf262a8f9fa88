// Certificates: what the sheet at a door declares, once and for all. A change makes a new one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

enum class CertificateState {
  kCurrent,     // the newest of its venue
  kSuperseded,  // a newer one has taken its place
  kWithdrawn,   // by the prefecture
};

// "current", "superseded" or "withdrawn": the spelling in the database.
const char* NameOf(CertificateState state);

// One line of the checklist as a certificate shows it.
struct DeclaredMeasure {
  std::string group;       // of the catalogue; empty for the business's own
  std::string group_name;  // in Japanese
  std::string id;          // of the catalogue; empty for the business's own
  std::string text;        // in Japanese
  bool is_new = false;     // the certificate before lacked it; never on the first

  friend bool operator==(const DeclaredMeasure&, const DeclaredMeasure&) = default;
};

// Everything on the sheet but what leads from it to us (the addresses in its QR codes, which must
// work on the day of printing): the certificate can be drawn again when the catalogue, the venue
// and the configuration have long changed.
struct SheetFacts {
  std::string prefecture_name;
  std::string consultation;
  std::string venue_name;
  std::string venue_address;  // municipality and address
  std::string kind;
  std::string kind_name;
  std::optional<absl::Time> event_start;
  std::optional<absl::Time> event_end;
  std::vector<DeclaredMeasure> measures;  // in the order of the sheet
  bool drill = false;

  friend bool operator==(const SheetFacts&, const SheetFacts&) = default;
};

struct IssuedCertificate {
  std::string number;  // canonical, see common/ids/public_number.h
  VenueId venue_id;
  int version = 1;
  absl::Time issue_time;
  CertificateState state = CertificateState::kCurrent;
  SheetFacts sheet;
};

}  // namespace oshirase::registry
