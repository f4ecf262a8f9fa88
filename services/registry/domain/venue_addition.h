// A venue to be registered, with all that comes into being along with it.
#pragma once

#include <string>
#include <vector>

#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/certificate.h"
#include "services/registry/domain/outgoing_mail.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

enum class Twins {
  kRefused,  // a business registers one place once, see twin_key.h
  kAllowed,
};

struct VenueAddition {
  Venue venue;  // its business_id may be empty: then the one of its e-mail address, made if need be
  std::string request_id;
  IssuedCertificate certificate;
  AuditNote note;
  std::vector<OutgoingMail> mails = {};
  Twins twins = Twins::kRefused;
};

}  // namespace oshirase::registry
