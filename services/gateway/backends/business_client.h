// What the gateway needs of the registry on a business's behalf: registering by mail link, and what
// the business may do with its own venues. Who acts is told by a credential that the registry
// checks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/client/call_context.h"
#include "common/ids/public_number.h"
#include "common/ids/venue_code.h"

namespace oshirase::gateway {

// What a business tells about a venue. Limits as in oshirase.registry.v1.VenueDetails.
struct VenueDetails {
  std::string name;
  std::string kana;
  std::string kind;
  std::string postal_code;
  std::string municipality;
  std::string address;
  std::string phone;
  std::string email;
  std::string business_name;
  std::vector<std::string> measure_ids;
  std::vector<std::string> own_measures;
  std::optional<absl::Time> event_start;
  std::optional<absl::Time> event_end;
  bool name_consent = false;
  bool listed = false;
  std::string parent_venue_id;
};

// One line of the checklist as the sheet at the door shows it.
struct DeclaredMeasure {
  std::string measure_id;  // Of the catalogue; "" for one in the business's own words.
  std::string text;        // In Japanese.
  bool is_new = false;     // Whether the certificate before lacked it.
};

// The newest certificate of a venue.
struct OwnCertificate {
  ids::PublicNumber number;
  int version = 1;
  absl::Time issue_time;
  bool withdrawn = false;  // By the prefecture.
  std::vector<DeclaredMeasure> measures;
};

// A venue as its own business sees it.
struct OwnVenue {
  enum class State { kOpen, kClosed, kSuspended };
  std::string venue_id;
  ids::VenueCode code;
  VenueDetails details;
  State state = State::kOpen;
  // What a change of its details starts from.
  int revision = 0;
  // None for a venue registered before there were any and not changed since.
  std::optional<OwnCertificate> certificate;
  // Until when the code before this one goes on working; nothing when it does not.
  std::optional<absl::Time> old_code_end;
  // When the prefecture last confirmed the measures on the spot.
  std::optional<absl::Time> inspect_time;
};

// Who owns venues: whoever reads one mailbox.
struct Business {
  std::string business_id;
  std::string email;
  std::string name;  // Given with the newest venue, or "".
  int venue_count = 0;
};

struct OwnVenuePage {
  std::vector<OwnVenue> venues;
  std::string next_page_token;  // "" on the last page.
};

// What shall change about a venue.
struct VenueChange {
  std::string request_id;  // A UUID.
  std::string venue_id;
  int revision = 0;  // That the change starts from.
  VenueDetails details;
};

struct ChangedVenue {
  OwnVenue venue;
  bool certificate_issued = false;
};

// A new code for a venue; the old one goes on working for `grace`, at most 30 days.
struct CodeReplacement {
  std::string request_id;  // A UUID.
  std::string venue_id;
  absl::Duration grace;
};

// Who acts: the token of a session, or an API key.
struct Credential {
  enum class Kind { kSession, kApiKey };
  Kind kind = Kind::kSession;
  std::string secret;
};

struct StartedRegistration {
  absl::Time link_expire_time;
  // Shown on the page and in the mail, so that the mail is known to belong to it.
  std::string receipt_number;
};

struct MailedLink {
  enum class Purpose { kRegistration, kUpkeep };
  enum class State { kGood, kUsed, kExpired };
  Purpose purpose = Purpose::kRegistration;
  State state = State::kGood;
};

struct OpenedSession {
  std::string token;  // A secret.
  absl::Time expire_time;
  std::string venue_id;  // The venue registered by it; "" for a link for upkeep.
};

// What can be drawn for a venue, each an A4 PDF.
enum class Document { kCertificate, kPoster, kTableTent, kStickers };

// Thread-safe. Every method returns UNAVAILABLE or DEADLINE_EXCEEDED when there was no answer;
// those with a credential UNAUTHENTICATED when it is no longer good, and NOT_FOUND for a venue of
// nobody and of another business alike.
class BusinessClient {
 public:
  virtual ~BusinessClient() = default;

  // Keeps a registration and mails the link that finishes it. Idempotent in `request_id`, a UUID.
  // Returns INVALID_ARGUMENT when the registry refuses a field (FieldProblemsOf() tells which),
  // RESOURCE_EXHAUSTED after too many mails to the same mailbox.
  virtual absl::StatusOr<StartedRegistration> StartRegistration(const std::string& request_id,
                                                                const VenueDetails& details,
                                                                const CallContext& call) = 0;

  // Tells what a mailed link is for, and changes nothing. Returns NOT_FOUND for one of nobody.
  virtual absl::StatusOr<MailedLink> CheckLink(const std::string& link_token,
                                               const CallContext& call) = 0;

  // Uses a mailed link. Returns FAILED_PRECONDITION when it was used or is too old, and NOT_FOUND
  // for one of nobody.
  virtual absl::StatusOr<OpenedSession> OpenSession(const std::string& link_token,
                                                    const CallContext& call) = 0;

  // Ends a session. Idempotent.
  virtual absl::Status CloseSession(const std::string& session_token, const CallContext& call) = 0;

  // Mails a link for upkeep if a business has that address, and does not tell whether one has.
  // Returns RESOURCE_EXHAUSTED after too many mails.
  virtual absl::Status RequestUpkeepLink(const std::string& email, const CallContext& call) = 0;

  // Reads the business that the credential stands for.
  virtual absl::StatusOr<Business> GetBusiness(const Credential& credential,
                                               const CallContext& call) = 0;

  // Lists the business's venues, newest first. `page_token` is "" for the first page.
  virtual absl::StatusOr<OwnVenuePage> ListOwnVenues(const Credential& credential,
                                                     const std::string& page_token,
                                                     const CallContext& call) = 0;

  // Reads one venue of the business.
  virtual absl::StatusOr<OwnVenue> GetOwnVenue(const Credential& credential,
                                               const std::string& venue_id,
                                               const CallContext& call) = 0;

  // Registers a further venue of the business and issues its certificate; the e-mail address in
  // `details` is not looked at. Idempotent in `request_id`, a UUID. Returns INVALID_ARGUMENT when
  // the registry refuses a field.
  virtual absl::StatusOr<OwnVenue> AddVenue(const Credential& credential,
                                            const std::string& request_id,
                                            const VenueDetails& details,
                                            const CallContext& call) = 0;

  // Changes a venue's details; where the sheet at the door changes by it, issues the next
  // certificate. Idempotent in the request id. Returns ABORTED VENUE_CHANGED when the revision is
  // not the current one, and INVALID_ARGUMENT when the registry refuses a field.
  virtual absl::StatusOr<ChangedVenue> UpdateVenue(const Credential& credential,
                                                   const VenueChange& change,
                                                   const CallContext& call) = 0;

  // Gives a venue a new code. Idempotent in the request id.
  virtual absl::StatusOr<OwnVenue> ReplaceCode(const Credential& credential,
                                               const CodeReplacement& replacement,
                                               const CallContext& call) = 0;

  // Closes a venue, or opens a closed one again. Idempotent. Returns FAILED_PRECONDITION
  // VENUE_SUSPENDED for one that the prefecture suspended.
  virtual absl::StatusOr<OwnVenue> SetVenueOpen(const Credential& credential,
                                                const std::string& venue_id, bool open,
                                                const CallContext& call) = 0;

  // Draws a document. Returns FAILED_PRECONDITION NO_CERTIFICATE for a certificate of a venue that
  // has none, and RESOURCE_EXHAUSTED when it would be
  // longer than 4 MiB.
  virtual absl::StatusOr<std::string> RenderDocument(const Credential& credential,
                                                     const std::string& venue_id, Document document,
                                                     const CallContext& call) = 0;
};

}  // namespace oshirase::gateway
