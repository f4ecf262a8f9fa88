// Where letters to the register desk are kept. Implemented by PostgresLetterStore, and by a fake
// for tests; both pass the cases in testing/letter_store_contract.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/registry/domain/audit_note.h"
#include "services/registry/domain/business_store.h"
#include "services/registry/domain/desk_letter.h"
#include "services/registry/domain/outgoing_mail.h"

namespace oshirase::registry {

// The mail that tells the sender of a letter that it came.
struct Acknowledgement {
  OutgoingMail mail;
  MailLimit limit;
};

struct NewDeskLetter {
  std::string request_id;
  DeskLetter letter;
  std::optional<Acknowledgement> acknowledgement;
};

// The letter after which a page begins.
struct LetterCursor {
  bool closed = false;
  absl::Time create_time;
  std::string number;
};

struct LetterQuery {
  LetterKind kind = LetterKind::kEnquiry;
  bool include_closed = false;
  std::optional<LetterCursor> after;
  int limit = 0;
};

struct LetterList {
  std::vector<DeskLetter> letters;
  bool more = false;  // there are letters after these
};

struct LetterClosing {
  std::string number;
  std::string answer;
  std::string closed_by;
  absl::Time now;
  AuditNote note;
  std::vector<OutgoingMail> mails;
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached, with reason
// COMMIT_IN_DOUBT when a write may have happened; calling again with the same request is safe.
class LetterStore {
 public:
  virtual ~LetterStore() = default;

  // Keeps a letter and queues its acknowledgement, which counts as a mail to that mailbox. Returns
  // its number; for a repeated request id, the number of the letter kept the first time.
  // Returns TOO_MANY_MAILS; REQUEST_ID_REUSED when that letter is of the other kind; ALREADY_EXISTS
  // without a reason when the number is taken.
  virtual absl::StatusOr<std::string> Keep(const NewDeskLetter& letter) = 0;

  // Up to `limit` letters: the open ones first, oldest first, then the closed ones, newest first.
  // Audited with `note` and a fact `shown`, their numbers.
  virtual absl::StatusOr<LetterList> List(const LetterQuery& query, const AuditNote& note) = 0;

  // The letter, or nothing. Not audited: for finding out what closing it takes.
  virtual absl::StatusOr<std::optional<DeskLetter>> Find(const std::string& number) = 0;

  // Closes a letter, queues its mails and audits it. Repeated with the same answer it changes
  // nothing and is audited with a fact `repeated`.
  // Returns LETTER_NOT_FOUND, LETTER_CLOSED when it was closed with another answer.
  virtual absl::StatusOr<DeskLetter> Close(const LetterClosing& closing) = 0;
};

}  // namespace oshirase::registry
