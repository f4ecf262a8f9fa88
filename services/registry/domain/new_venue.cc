#include "services/registry/domain/new_venue.h"

#include <utility>

#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {

Venue NewVenue(VenueDetails details, absl::Time now) {
  return {.id = {ids::NewUuid()},
          .code = "",
          .business_id = {},
          .details = std::move(details),
          .state = VenueState::kOpen,
          .create_time = now};
}

AuditNote RegisteredNote(const Venue& venue, const std::string& actor) {
  return {.actor = actor,
          .action = "venue.registered",
          .subject = venue.id.value,
          .facts = {{"kind", venue.details.kind}, {"drill", venue.details.drill}}};
}

std::string ActionOf(VenueState state) {
  switch (state) {
    case VenueState::kOpen:
      return "venue.opened";
    case VenueState::kClosed:
      return "venue.closed";
    case VenueState::kSuspended:
      return "venue.suspended";
  }
  return "";
}

absl::Status AsViolation(const absl::Status& status, FieldViolations& violations) {
  const std::string reason = ReasonOf(status);
  if (reason == "VENUE_ALREADY_REGISTERED") {
    violations = {TwinViolation("details.")};
  } else if (reason == "PARENT_UNFIT") {
    violations = {ParentViolation("details.")};
  } else {
    return status;
  }
  return VenueInvalid();
}

FieldViolation TwinViolation(const std::string& prefix) {
  return {.field = prefix + "name",
          .reason = "ALREADY_REGISTERED",
          .description = "the business has this venue already"};
}

FieldViolation ParentViolation(const std::string& prefix) {
  return {.field = prefix + "parent_venue_id",
          .reason = "PARENT_UNFIT",
          .description = "must be a venue of the same business that is no room itself"};
}

OutgoingMail MailOf(const Venue& venue, const IssuedCertificate& certificate) {
  return {.to = venue.details.email,
          .content = CertificateMail{.venue_id = venue.id.value,
                                     .venue_code = venue.code,
                                     .venue_name = venue.details.name,
                                     .certificate_number = certificate.number,
                                     .version = certificate.version,
                                     .issue_time = certificate.issue_time}};
}

}  // namespace oshirase::registry
