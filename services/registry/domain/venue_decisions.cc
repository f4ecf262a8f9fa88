#include "services/registry/domain/venue_decisions.h"

#include <utility>

#include "common/ids/public_number.h"
#include "common/status/macros.h"
#include "services/registry/domain/entry_editor.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/new_venue.h"

namespace oshirase::registry {
namespace {

OutgoingMail SuspensionMail(const RegisterEntry& entry, const std::string& reason, absl::Time now) {
  return {.to = entry.venue.details.email,
          .content = DecisionMail{
              .decision = DecisionMail::Decision::kVenueSuspended,
              .venue_name = entry.venue.details.name,
              .certificate_number = entry.certificate.has_value() ? entry.certificate->number : "",
              .decide_time = now,
              .reason = reason}};
}

OutgoingMail WithdrawalMail(const OwnVenue& own, const std::string& reason, absl::Time now) {
  return {.to = own.venue.details.email,
          .content = DecisionMail{.decision = DecisionMail::Decision::kCertificateWithdrawn,
                                  .venue_name = own.venue.details.name,
                                  .certificate_number = own.certificate->number,
                                  .decide_time = now,
                                  .reason = reason}};
}

}  // namespace

absl::StatusOr<Venue> VenueDecisions::SetState(const StateRequest& request) {
  ASSIGN_OR_RETURN(const auto entry, ReadEntry(parts_.entries, request.venue_id));
  StateChange change{.venue_id = request.venue_id,
                     .state = request.state,
                     .now = parts_.clock(),
                     .note = {.actor = request.actor,
                              .action = ActionOf(request.state),
                              .subject = request.venue_id.value,
                              .facts = {},
                              .reason = request.reason}};
  if (request.state == VenueState::kSuspended)
    change.mails = {SuspensionMail(entry, request.reason, change.now)};
  return parts_.venues.SetState(change);
}

absl::StatusOr<RegisterEntry> VenueDecisions::RecordInspection(InspectionRequest request) {
  const VenueId id = request.venue_id;
  const std::string action = request.confirmed ? "venue.inspected" : "venue.inspected-unconfirmed";
  RETURN_IF_ERROR(parts_.decisions.RecordInspection({.venue_id = id,
                                                     .request_id = std::move(request.request_id),
                                                     .confirmed = request.confirmed,
                                                     .now = parts_.clock(),
                                                     .note = {.actor = std::move(request.actor),
                                                              .action = action,
                                                              .subject = id.value,
                                                              .facts = {},
                                                              .reason = std::move(request.note)}}));
  return ReadEntry(parts_.entries, id);
}

absl::StatusOr<OwnVenue> VenueDecisions::FindByCertificate(const std::string& typed) {
  const auto number = ids::ParsePublicNumber(typed);
  if (!number.ok()) return CertificateNotFound();
  ASSIGN_OR_RETURN(auto own, parts_.own_venues.FindByCertificate(number->value));
  if (!own.has_value() || !own->certificate.has_value()) return CertificateNotFound();
  return *std::move(own);
}

absl::StatusOr<IssuedCertificate> VenueDecisions::Withdraw(WithdrawalRequest request) {
  ASSIGN_OR_RETURN(const auto own, FindByCertificate(request.certificate_number));
  const absl::Time now = parts_.clock();
  RETURN_IF_ERROR(
      parts_.decisions.Withdraw({.certificate_number = own.certificate->number,
                                 .now = now,
                                 .note = {.actor = std::move(request.actor),
                                          .action = "certificate.withdrawn",
                                          .subject = own.venue.id.value,
                                          .facts = {{"version", int64_t{own.certificate->version}}},
                                          .reason = request.reason},
                                 .mails = {WithdrawalMail(own, request.reason, now)}}));
  ASSIGN_OR_RETURN(auto withdrawn, FindByCertificate(own.certificate->number));
  return *std::move(withdrawn.certificate);
}

absl::Status VenueDecisions::MailBusiness(const NoticeRequest& request) {
  ASSIGN_OR_RETURN(const auto entry, ReadEntry(parts_.entries, request.venue_id));
  const VenueDetails& details = entry.venue.details;
  return parts_.decisions.MailBusiness(
      {.venue_id = request.venue_id,
       .request_id = request.request_id,
       .now = parts_.clock(),
       .note = {.actor = request.actor,
                .action = "venue.notice-mailed",
                .subject = request.venue_id.value,
                .facts = {}},
       .mails = {{.to = details.email, .content = NoticeMail{.venue_name = details.name}}}});
}

}  // namespace oshirase::registry
