#include "services/registry/domain/entry_editor.h"

#include <utility>

#include "common/status/errors.h"
#include "common/status/macros.h"
#include "services/registry/domain/business.h"
#include "services/registry/domain/changed_fields.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/fresh_code.h"
#include "services/registry/domain/new_venue.h"
#include "services/registry/domain/venue_check.h"

namespace oshirase::registry {
namespace {

// An event that is over can still be corrected, as long as it is not moved into the past.
absl::Time EndsAfter(const VenueDetails& details, const VenueDetails& before, absl::Time now) {
  const bool same_dates =
      details.event_start == before.event_start && details.event_end == before.event_end;
  return same_dates ? absl::InfinitePast() : now;
}

// A store's PARENT_UNFIT as what the officer must look at. Rooms cannot be left behind with another
// business, and that shows in the mailbox, not in the parent.
absl::Status AsViolation(const absl::Status& status, const EntryCorrection& correction,
                         FieldViolations& violations) {
  if (ReasonOf(status) != "PARENT_UNFIT" || !correction.details.parent_venue_id.empty())
    return AsViolation(status, violations);
  violations = {{.field = "details.email",
                 .reason = "HAS_ROOMS",
                 .description = "the venue's rooms belong to the business of this mailbox"}};
  return VenueInvalid();
}

}  // namespace

absl::StatusOr<RegisterEntry> ReadEntry(RegisterStore& entries, const VenueId& id) {
  RegisterFilter only;
  only.venue_id = id;
  ASSIGN_OR_RETURN(auto found, entries.Search(only, std::nullopt, 1));
  if (found.empty()) return VenueNotFound();
  return std::move(found.front());
}

absl::StatusOr<RegisterEntry> EntryEditor::Correct(CorrectionRequest request,
                                                   FieldViolations& violations) {
  const absl::Time now = parts_.clock();
  ASSIGN_OR_RETURN(const auto current, parts_.entries.FindVenue(request.venue_id));
  if (!current.has_value()) return VenueNotFound();
  const VenueDetails& before = current->venue.details;
  request.details.drill = before.drill;
  violations = CheckVenueDetails(request.details, {.catalogue = parts_.catalogue,
                                                   .now = EndsAfter(request.details, before, now)});
  if (!violations.empty()) return VenueInvalid();

  Venue corrected = current->venue;
  corrected.details = std::move(request.details);
  EntryCorrection correction{.venue_id = corrected.id,
                             .request_id = std::move(request.request_id),
                             .revision = request.revision,
                             .details = corrected.details,
                             .fields = ChangedFields(before, corrected.details),
                             .certificate = std::nullopt,
                             .now = now,
                             .note = {},
                             .mails = {}};
  if (!current->certificate.has_value()) {
    correction.certificate = parts_.certificates.First(corrected, now);
  } else if (parts_.certificates.NeedsNew(*current->certificate, corrected)) {
    correction.certificate = parts_.certificates.After(*current->certificate, corrected, now);
  }
  if (correction.certificate.has_value())
    correction.mails = {MailOf(corrected, *correction.certificate)};
  correction.note = {.actor = std::move(request.actor),
                     .action = "venue.corrected",
                     .subject = corrected.id.value,
                     .facts = {{"fields", correction.fields},
                               {"certificate_issued", correction.certificate.has_value()}},
                     .reason = std::move(request.reason)};
  if (const auto done = parts_.decisions.Correct(correction); !done.ok())
    return AsViolation(done, correction, violations);
  return ReadEntry(parts_.entries, corrected.id);
}

absl::StatusOr<RegisterEntry> EntryEditor::RegisterOnBehalf(OnBehalfRequest request,
                                                            FieldViolations& violations) {
  const absl::Time now = parts_.clock();
  violations = CheckVenueDetails(request.details, {.catalogue = parts_.catalogue, .now = now});
  if (!violations.empty()) return VenueInvalid();
  VenueAddition addition{.venue = NewVenue(std::move(request.details), now),
                         .request_id = std::move(request.request_id),
                         .certificate = {},
                         .note = {},
                         .twins = Twins::kAllowed};
  addition.certificate = parts_.certificates.First(addition.venue, now);
  addition.note = RegisteredNote(addition.venue, request.actor);
  addition.note.reason = std::move(request.reason);
  const auto stored = WithFreshCode([&](std::string code) {
    addition.venue.code = std::move(code);
    addition.mails = {MailOf(addition.venue, addition.certificate)};
    return parts_.venues.Insert(addition);
  });
  if (!stored.ok()) return AsViolation(stored.status(), violations);
  return ReadEntry(parts_.entries, stored->id);
}

}  // namespace oshirase::registry
