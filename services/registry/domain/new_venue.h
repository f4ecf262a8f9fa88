// What every way to register a venue has in common.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/certificate_maker.h"
#include "services/registry/domain/field_violation.h"
#include "services/registry/domain/venue.h"
#include "services/registry/domain/venue_addition.h"

namespace oshirase::registry {

// An open venue with an id of its own, without a code yet.
Venue NewVenue(VenueDetails details, absl::Time now);

AuditNote RegisteredNote(const Venue& venue, const std::string& actor);

// What the audit log calls the change to `state`: "venue.opened", ...
std::string ActionOf(VenueState state);

// What is wrong with a place that the business has already, and with a room's parent.
FieldViolation TwinViolation(const std::string& prefix);
FieldViolation ParentViolation(const std::string& prefix);

// Turns a store's VENUE_ALREADY_REGISTERED and PARENT_UNFIT into VENUE_INVALID with the violation
// of the field that the person must look at; other statuses stay as they are.
absl::Status AsViolation(const absl::Status& status, FieldViolations& violations);

// The mail that brings `certificate` to the business.
OutgoingMail MailOf(const Venue& venue, const IssuedCertificate& certificate);

}  // namespace oshirase::registry
