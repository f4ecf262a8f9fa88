#include "services/registry/domain/registrar.h"

#include <utility>

#include "common/ids/uuid.h"
#include "common/ids/venue_code.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/venue_check.h"

namespace oshirase::registry {
namespace {

// Two of the 2^80 codes meet practically never; trying anew is still cheaper than explaining.
constexpr int kCodeAttempts = 3;

// Calls `store_with(code)` with fresh codes until one is not taken.
template <typename StoreWith>
absl::StatusOr<Venue> WithFreshCode(StoreWith store_with) {
  for (int attempt = 1;; ++attempt) {
    auto stored = store_with(ids::NewVenueCode().value);
    if (!absl::IsAlreadyExists(stored.status()) || !ReasonOf(stored.status()).empty() ||
        attempt == kCodeAttempts) {
      return stored;
    }
  }
}

}  // namespace

Registrar::Registrar(VenueStore& venues, Clock clock) : venues_(venues), clock_(std::move(clock)) {}

absl::StatusOr<Venue> Registrar::Register(const std::string& request_id, VenueDetails details,
                                          const std::string& actor, FieldViolations& violations) {
  const absl::Time now = clock_();
  violations = CheckVenueDetails(details, now);
  if (!violations.empty()) return VenueInvalid();
  Venue venue{.id = {ids::NewUuid()},
              .code = "",
              .details = std::move(details),
              .state = VenueState::kOpen,
              .create_time = now};
  const AuditNote note{.actor = actor,
                       .action = "venue.registered",
                       .subject = venue.id.value,
                       .facts = {{"kind", venue.details.kind}, {"drill", venue.details.drill}}};
  return WithFreshCode([&](std::string code) {
    venue.code = std::move(code);
    return venues_.Insert(venue, request_id, note);
  });
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

absl::StatusOr<Venue> Registrar::SetState(const VenueId& id, VenueState state,
                                          const std::string& reason, const std::string& actor) {
  return venues_.SetState(id, state,
                          {.actor = actor,
                           .action = "venue.state-set",
                           .subject = id.value,
                           .facts = {{"state", std::string(NameOf(state))}, {"reason", reason}}});
}

}  // namespace oshirase::registry
