// What the prefecture does to entries of the register. Implemented by PostgresDecisionStore, and by
// a fake for tests; both pass the cases in testing/decision_store_contract.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/certificate.h"
#include "services/registry/domain/outgoing_mail.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

// New details of a venue, its mailbox included.
struct EntryCorrection {
  VenueId venue_id;
  std::string request_id;
  int revision = 0;  // the one the correction starts from
  VenueDetails details;
  std::vector<std::string> fields;               // that change; none changes nothing
  std::optional<IssuedCertificate> certificate;  // the next one, where one is needed
  absl::Time now;
  AuditNote note;
  std::vector<OutgoingMail> mails;
};

// What somebody found on the spot.
struct Inspection {
  VenueId venue_id;
  std::string request_id;
  bool confirmed = false;  // the declared measures are taken
  absl::Time now;
  AuditNote note;
};

struct Withdrawal {
  std::string certificate_number;  // canonical
  absl::Time now;
  AuditNote note;
  std::vector<OutgoingMail> mails;
};

// A mail to the business of a venue.
struct BusinessNotice {
  VenueId venue_id;
  std::string request_id;
  absl::Time now;
  AuditNote note;
  std::vector<OutgoingMail> mails;
};

// Thread-safe. Every method is one transaction with its mails, its line of the venue's history and
// its audit entry. What is repeated changes nothing, mails nothing, and is audited with a fact
// `repeated`. Every method returns UNAVAILABLE when the database cannot be reached, with reason
// COMMIT_IN_DOUBT when it may have happened; calling again with the same request is safe. A request
// id that did something else is REQUEST_ID_REUSED.
class DecisionStore {
 public:
  virtual ~DecisionStore() = default;

  // Changes a venue's details and, with a certificate, supersedes the one before. With another
  // mailbox the venue becomes that mailbox's business's, made if need be. The same place may be
  // there twice: that is for the desk to decide.
  // Returns VENUE_NOT_FOUND; VENUE_CHANGED when the revision or the certificate is not the next
  // one; PARENT_UNFIT, also for a venue with rooms that is to go to another business.
  virtual absl::Status Correct(const EntryCorrection& correction) = 0;

  // Notes the inspection. A confirmed one is what the public sees from now on; after any other it
  // sees none. Returns VENUE_NOT_FOUND.
  virtual absl::Status RecordInspection(const Inspection& inspection) = 0;

  // Withdraws a certificate, also one that is superseded. Returns CERTIFICATE_NOT_FOUND.
  virtual absl::Status Withdraw(const Withdrawal& withdrawal) = 0;

  // Queues the mails. Returns VENUE_NOT_FOUND.
  virtual absl::Status MailBusiness(const BusinessNotice& notice) = 0;
};

}  // namespace oshirase::registry
