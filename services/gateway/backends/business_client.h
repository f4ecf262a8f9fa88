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

// A venue as its own business sees it.
struct OwnVenue {
  enum class State { kOpen, kClosed, kSuspended };
  std::string venue_id;
  ids::VenueCode code;
  VenueDetails details;
  State state = State::kOpen;
  // What a change of its details starts from.
  int revision = 0;
  ids::PublicNumber certificate_number;
  absl::Time issue_time;
};

struct OwnVenuePage {
  std::vector<OwnVenue> venues;
  std::string next_page_token;  // "" on the last page.
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

  // Lists the business's venues, newest first. `page_token` is "" for the first page.
  virtual absl::StatusOr<OwnVenuePage> ListOwnVenues(const Credential& credential,
                                                     const std::string& page_token,
                                                     const CallContext& call) = 0;

  // Reads one venue of the business.
  virtual absl::StatusOr<OwnVenue> GetOwnVenue(const Credential& credential,
                                               const std::string& venue_id,
                                               const CallContext& call) = 0;

  // Draws a document. Returns RESOURCE_EXHAUSTED when it would be longer than 4 MiB.
  virtual absl::StatusOr<std::string> RenderDocument(const Credential& credential,
                                                     const std::string& venue_id, Document document,
                                                     const CallContext& call) = 0;
};

}  // namespace oshirase::gateway
