// What the gateway needs of the registry on everybody's behalf: certificates, the venues that
// agreed to be listed, and the letters that people leave for the prefecture's desk.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/client/call_context.h"
#include "common/ids/public_number.h"

namespace oshirase::gateway {

// One line of a certificate.
struct PublishedMeasure {
  std::string group;       // The catalogue's, or "" for the business's own.
  std::string measure_id;  // Likewise.
  std::string text;        // The words on the sheet, in Japanese.
  bool is_new = false;
};

// What a certificate declared, and whether it still holds.
struct PublishedCertificate {
  enum class State { kCurrent, kSuperseded, kWithdrawn };
  enum class VenueState { kOpen, kClosed, kSuspended };
  ids::PublicNumber number;
  int version = 1;
  absl::Time issue_time;
  State state = State::kCurrent;
  std::string venue_name;
  std::string kind;
  std::vector<PublishedMeasure> measures;
  VenueState venue_state = VenueState::kOpen;
  // When the prefecture last confirmed the measures on the spot.
  std::optional<absl::Time> inspect_time;
  // Of the venue's newest certificate, when this one is superseded.
  std::optional<ids::PublicNumber> current_number;
  std::string address;  // "" unless the venue is listed.
};

// A venue that agreed to be listed.
struct ListedVenue {
  std::string name;
  std::string kana;
  std::string kind;
  std::string postal_code;
  std::string municipality;
  std::string address;
  std::string phone;
  ids::PublicNumber certificate_number;
  absl::Time issue_time;
  std::optional<absl::Time> event_start;
  std::optional<absl::Time> event_end;
  std::optional<absl::Time> inspect_time;
};

struct VenueSearch {
  std::string text;  // At most 100 characters; "" for all.
  std::string kind;  // "" for any.
  std::string page_token;
};

struct VenueSearchPage {
  std::vector<ListedVenue> venues;
  std::string next_page_token;  // "" on the last page.
  int match_count = 0;          // At most kMaxMatchCount, which means "or more".
};
inline constexpr int kMaxMatchCount = 10'000;

// The listed venues, a few at a time. Not thread-safe.
class ListedVenueReader {
 public:
  virtual ~ListedVenueReader() = default;
  // The next ones; none at the end. Returns what ended the reading early.
  virtual absl::StatusOr<std::vector<ListedVenue>> Next() = 0;
};

struct Enquiry {
  std::string request_id;  // A UUID.
  std::string email;
  std::string name;
  std::string subject;
  std::string text;
};

struct Report {
  enum class Subject { kFalseCertificate, kTamperedQr, kMeasuresNotTaken };
  std::string request_id;  // A UUID.
  Subject subject = Subject::kFalseCertificate;
  std::string certificate_number;  // As typed, or "".
  std::string place;
  std::string text;
  std::string email;  // "" if nobody may ask back.
};

// Thread-safe. Every method returns UNAVAILABLE or DEADLINE_EXCEEDED when there was no answer.
class PublicClient {
 public:
  virtual ~PublicClient() = default;

  // Reads a certificate, whatever its state. Returns NOT_FOUND when it was never issued.
  virtual absl::StatusOr<PublishedCertificate> GetCertificate(const ids::PublicNumber& number,
                                                              const CallContext& call) = 0;

  // Searches the open listed venues. Returns INVALID_ARGUMENT for a page token of another search.
  virtual absl::StatusOr<VenueSearchPage> SearchListedVenues(const VenueSearch& search,
                                                             const CallContext& call) = 0;

  // Reads all open listed venues; the reader may outlive this call, not this.
  virtual std::unique_ptr<ListedVenueReader> ReadListedVenues(const CallContext& call) = 0;

  // Keeps a letter for the desk, idempotent in its request id; the answer is the number to quote.
  // Returns INVALID_ARGUMENT when the registry refuses a field (FieldProblemsOf() tells which), and
  // for an enquiry RESOURCE_EXHAUSTED after too many mails to the same mailbox.
  virtual absl::StatusOr<std::string> SubmitEnquiry(const Enquiry& enquiry,
                                                    const CallContext& call) = 0;
  virtual absl::StatusOr<std::string> SubmitReport(const Report& report,
                                                   const CallContext& call) = 0;
};

}  // namespace oshirase::gateway
