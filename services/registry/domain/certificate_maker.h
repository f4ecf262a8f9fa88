// Makes certificates out of what businesses tell: resolves the measures' words, marks the new ones,
// and decides whether a change needs a new sheet.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "common/catalogue/catalogue.h"
#include "services/registry/domain/certificate.h"

namespace oshirase::registry {

// What the prefecture puts on every sheet.
struct SheetIssuer {
  std::string prefecture_name;
  std::string consultation;  // whom to ask, or empty
};

// Immutable, so thread-safe.
class CertificateMaker {
 public:
  // `catalogue` must outlive it.
  CertificateMaker(const catalogue::Catalogue& catalogue, SheetIssuer issuer)
      : catalogue_(catalogue), issuer_(std::move(issuer)) {}

  // The first certificate of `venue`, whose details have passed CheckVenueDetails().
  IssuedCertificate First(const Venue& venue, absl::Time now) const;

  // The one after `previous`, whatever has changed: with measures marked that `previous` lacked.
  IssuedCertificate After(const IssuedCertificate& previous, const Venue& venue,
                          absl::Time now) const;

  // Whether what `previous` shows of the venue is no longer what `venue` tells: its name, address,
  // kind, dates or measures. A new wording of the catalogue, or another prefecture name, is no
  // change of the venue; nor are consent, listing, telephone and the like, which no sheet shows.
  // Never after a withdrawal: a business must not undo by a change what the prefecture has decided.
  bool NeedsNew(const IssuedCertificate& previous, const Venue& venue) const;

 private:
  SheetFacts SheetOf(const VenueDetails& details) const;

  const catalogue::Catalogue& catalogue_;
  const SheetIssuer issuer_;
};

}  // namespace oshirase::registry
