// The register desk's letter box: anybody puts letters in, officers read and close them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/time/clock.h"
#include "services/registry/domain/desk_letter.h"
#include "services/registry/domain/field_violation.h"
#include "services/registry/domain/letter_store.h"

namespace oshirase::registry {

struct LetterListRequest {
  LetterKind kind = LetterKind::kEnquiry;
  bool include_closed = false;
  int page_size = 10;
  std::string page_token;
  std::string actor;
};

struct LetterPage {
  std::vector<DeskLetter> letters;
  std::string next_page_token;  // empty on the last page
};

struct CloseLetterRequest {
  std::string number;  // as typed
  std::string answer;
  std::string actor;
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached. What officers
// do and see is audited.
class LetterBox {
 public:
  static constexpr int kMailsPerHour = 5;

  // `store` must outlive it.
  LetterBox(LetterStore& store, Clock clock) : store_(store), clock_(std::move(clock)) {}

  // Keeps a letter, of which number and time are made here, and returns its number; an enquiry is
  // acknowledged by mail. Idempotent in `request_id`. Returns ENQUIRY_INVALID or REPORT_INVALID and
  // fills `violations`; TOO_MANY_MAILS, REQUEST_ID_REUSED.
  absl::StatusOr<std::string> Submit(const std::string& request_id, DeskLetter letter,
                                     FieldViolations& violations);

  // Open letters, oldest first; then the closed ones, newest first, if wanted.
  // Returns PAGE_TOKEN_INVALID, also for the token of another list.
  absl::StatusOr<LetterPage> List(const LetterListRequest& request);

  // Closes a letter with an answer that has passed CheckAnswer(): an enquiry's is mailed, what was
  // done about a report is only noted. Idempotent.
  // Returns LETTER_NOT_FOUND; LETTER_CLOSED when it was answered differently.
  absl::StatusOr<DeskLetter> Close(const CloseLetterRequest& request);

 private:
  LetterStore& store_;
  const Clock clock_;
};

}  // namespace oshirase::registry
