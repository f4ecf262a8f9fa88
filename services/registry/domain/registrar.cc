#include "services/registry/domain/registrar.h"

#include <utility>

#include "common/ids/venue_code.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/fresh_code.h"
#include "services/registry/domain/new_venue.h"
#include "services/registry/domain/venue_check.h"

namespace oshirase::registry {
Registrar::Registrar(VenueStore& venues, const catalogue::Catalogue& catalogue,
                     const CertificateMaker& certificates, Clock clock)
    : venues_(venues),
      catalogue_(catalogue),
      certificates_(certificates),
      clock_(std::move(clock)) {}

absl::StatusOr<Venue> Registrar::Register(const std::string& request_id, VenueDetails details,
                                          const std::string& actor, FieldViolations& violations) {
  const absl::Time now = clock_();
  violations = CheckVenueDetails(details, {.catalogue = catalogue_, .now = now});
  if (!violations.empty()) return VenueInvalid();
  VenueAddition addition{.venue = NewVenue(std::move(details), now),
                         .request_id = request_id,
                         .certificate = {},
                         .note = {},
                         .twins = Twins::kAllowed};
  addition.certificate = certificates_.First(addition.venue, now);
  addition.note = RegisteredNote(addition.venue, actor);
  auto stored = WithFreshCode([&](std::string code) {
    addition.venue.code = std::move(code);
    return venues_.Insert(addition);
  });
  if (!stored.ok()) return AsViolation(stored.status(), violations);
  return stored;
}

absl::StatusOr<Venue> Registrar::LookupCode(const std::string& text) {
  const auto code = ids::ParseVenueCode(text);
  if (!code.ok()) return VenueCodeMistyped();
  ASSIGN_OR_RETURN(auto venue, venues_.FindByCode(code->value, clock_()));
  if (!venue.has_value()) return VenueCodeUnknown();
  return *std::move(venue);
}

absl::StatusOr<std::vector<Venue>> Registrar::BatchGet(const std::vector<VenueId>& ids) {
  return venues_.BatchGet(ids);
}

absl::StatusOr<Venue> Registrar::ReplaceCode(const VenueId& id, const std::string& request_id,
                                             absl::Duration grace, const std::string& actor) {
  const AuditNote note{.actor = actor,
                       .action = "venue.code-replaced",
                       .subject = id.value,
                       .facts = {{"grace_seconds", absl::ToInt64Seconds(grace)}}};
  const absl::Time now = clock_();
  return WithFreshCode([&](std::string code) {
    return venues_.ReplaceCode({.venue_id = id,
                                .request_id = request_id,
                                .new_code = std::move(code),
                                .now = now,
                                .grace = grace},
                               note);
  });
}

}  // namespace oshirase::registry
