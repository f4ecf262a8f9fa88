#include "services/registry/domain/venue_keeper.h"

#include <utility>

#include "common/status/macros.h"
#include "services/registry/domain/changed_fields.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/fresh_code.h"
#include "services/registry/domain/new_venue.h"
#include "services/registry/domain/venue_check.h"

namespace oshirase::registry {
namespace {

bool HasDatesOf(const VenueDetails& details, const VenueDetails& other) {
  return details.event_start == other.event_start && details.event_end == other.event_end;
}

}  // namespace

absl::StatusOr<Business> VenueKeeper::GetBusiness(const Holder& holder) {
  ASSIGN_OR_RETURN(auto business, parts_.businesses.FindBusiness(holder.business_id));
  if (!business.has_value())
    return absl::InternalError("a credential stands for a business that is none");
  return *std::move(business);
}

absl::StatusOr<OwnVenue> VenueKeeper::Get(const Holder& holder, const VenueId& id) {
  ASSIGN_OR_RETURN(auto venue, parts_.own_venues.Find(id, holder.business_id));
  if (!venue.has_value()) return VenueNotFound();
  return *std::move(venue);
}

absl::StatusOr<OwnVenuePage> VenueKeeper::List(const Holder& holder, int page_size,
                                               const std::string& page_token) {
  ASSIGN_OR_RETURN(const auto after, CursorOf(page_token));
  OwnVenuePage page;
  // One more tells whether there is a next page.
  ASSIGN_OR_RETURN(page.venues, parts_.own_venues.List(holder.business_id, after, page_size + 1));
  if (static_cast<int>(page.venues.size()) <= page_size) return page;
  page.venues.resize(static_cast<size_t>(page_size));
  page.next_page_token = TokenAfter(page.venues.back().venue);
  return page;
}

absl::StatusOr<OwnVenue> VenueKeeper::Add(const Holder& holder, const std::string& request_id,
                                          VenueDetails details, FieldViolations& violations) {
  const absl::Time now = parts_.clock();
  ASSIGN_OR_RETURN(const auto business, GetBusiness(holder));
  details.email = business.email;
  details.drill = false;
  violations = CheckVenueDetails(details, {.catalogue = parts_.catalogue, .now = now});
  if (!violations.empty()) return VenueInvalid();

  VenueAddition addition{.venue = NewVenue(std::move(details), now),
                         .request_id = request_id,
                         .certificate = {},
                         .note = {}};
  addition.venue.business_id = holder.business_id;
  addition.certificate = parts_.certificates.First(addition.venue, now);
  addition.note = RegisteredNote(addition.venue, holder.actor);
  const auto stored = WithFreshCode([&](std::string code) {
    addition.venue.code = std::move(code);
    addition.mails = {MailOf(addition.venue, addition.certificate)};
    return parts_.venues.Insert(addition);
  });
  if (!stored.ok()) return AsViolation(stored.status(), violations);
  return Get(holder, stored->id);
}

absl::StatusOr<UpdatedVenue> VenueKeeper::Update(const Holder& holder, UpdateRequest request,
                                                 FieldViolations& violations) {
  const absl::Time now = parts_.clock();
  ASSIGN_OR_RETURN(const auto current, Get(holder, request.venue_id));
  const VenueDetails& before = current.venue.details;
  request.details.email = before.email;
  request.details.drill = before.drill;
  // An event that is over can still be corrected, as long as it is not moved into the past.
  const bool same_dates = HasDatesOf(request.details, before);
  violations = CheckVenueDetails(request.details, {.catalogue = parts_.catalogue,
                                                   .now = same_dates ? absl::InfinitePast() : now});
  if (!violations.empty()) return VenueInvalid();

  Venue changed = current.venue;
  changed.details = std::move(request.details);
  VenueUpdate update{.venue_id = changed.id,
                     .business_id = holder.business_id,
                     .request_id = std::move(request.request_id),
                     .revision = request.revision,
                     .details = changed.details,
                     .fields = ChangedFields(before, changed.details),
                     .certificate = std::nullopt,
                     .now = now,
                     .note = {},
                     .mails = {}};
  if (!current.certificate.has_value()) {
    update.certificate = parts_.certificates.First(changed, now);
  } else if (parts_.certificates.NeedsNew(*current.certificate, changed)) {
    update.certificate = parts_.certificates.After(*current.certificate, changed, now);
  }
  if (update.certificate.has_value()) update.mails = {MailOf(changed, *update.certificate)};
  update.note = {
      .actor = holder.actor,
      .action = "venue.changed",
      .subject = changed.id.value,
      .facts = {{"fields", update.fields}, {"certificate_issued", update.certificate.has_value()}}};
  auto updated = parts_.own_venues.Update(update);
  if (!updated.ok()) return AsViolation(updated.status(), violations);
  return updated;
}

absl::StatusOr<OwnVenue> VenueKeeper::ReplaceCode(const Holder& holder, const VenueId& id,
                                                  const std::string& request_id,
                                                  absl::Duration grace) {
  RETURN_IF_ERROR(Get(holder, id).status());
  const AuditNote note{.actor = holder.actor,
                       .action = "venue.code-replaced",
                       .subject = id.value,
                       .facts = {{"grace_seconds", absl::ToInt64Seconds(grace)}}};
  const absl::Time now = parts_.clock();
  const auto replaced = WithFreshCode([&](std::string code) {
    return parts_.venues.ReplaceCode({.venue_id = id,
                                      .request_id = request_id,
                                      .new_code = std::move(code),
                                      .now = now,
                                      .grace = grace},
                                     note);
  });
  RETURN_IF_ERROR(replaced.status());
  return Get(holder, id);
}

absl::StatusOr<OwnVenue> VenueKeeper::SetState(const Holder& holder, const VenueId& id,
                                               VenueState state) {
  return parts_.own_venues.SetOwnState(
      {.venue_id = id,
       .business_id = holder.business_id,
       .state = state,
       .now = parts_.clock(),
       .note = {
           .actor = holder.actor, .action = ActionOf(state), .subject = id.value, .facts = {}}});
}

}  // namespace oshirase::registry
