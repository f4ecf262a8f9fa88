// What a business is to be told by mail, in values, before it is put into words. This is what waits
// in the outbox, sealed; the words (mail/templates) are found when it is sent, so that it stays
// small and a corrected sentence reaches mails that are waiting already.
//
// A letter to a mailbox that nobody has proven to own holds nothing that a stranger typed: the form
// must not become a way to send words of one's own to anybody.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace oshirase::registry {

enum class MailKind {
  kConfirmMailbox,        // prove that this mailbox is yours
  kCertificateIssued,     // here it is
  kUpkeepLink,            // the way in, without a password
  kCertificateUpdated,    // here is the new one
  kNoticeConcernsVenue,   // visitors of your venue were told
  kEnquiryReceived,       // we have your enquiry
  kEnquiryAnswered,       // this is our answer
  kVenueSuspended,        // by the register desk
  kCertificateWithdrawn,  // by the register desk
  kVenuesImported,        // from a file
};

inline constexpr MailKind kMailKinds[] = {
    MailKind::kConfirmMailbox,     MailKind::kCertificateIssued,   MailKind::kUpkeepLink,
    MailKind::kCertificateUpdated, MailKind::kNoticeConcernsVenue, MailKind::kEnquiryReceived,
    MailKind::kEnquiryAnswered,    MailKind::kVenueSuspended,      MailKind::kCertificateWithdrawn,
    MailKind::kVenuesImported,
};

// "CONFIRM_MAILBOX": in the database, in metrics; in lower case the name of the templates.
const char* NameOf(MailKind kind);
std::optional<MailKind> MailKindOf(absl::string_view name);

// What a value whose name ends in _text may have at most.
inline constexpr size_t kMaxLetterTextBytes = size_t{40} * 1000;

// A document to attach. It is made again when the letter is sent: the same version gives the same
// bytes, and the outbox does not have to keep them.
struct DocumentRef {
  std::string document;            // "certificate", "poster", ...: what AttachmentSource knows
  std::string certificate_number;  // as printed
  int version = 0;

  friend bool operator==(const DocumentRef&, const DocumentRef&) = default;
};

struct Letter {
  MailKind kind = MailKind::kConfirmMailbox;
  std::string to;
  // By name: exactly those that the kind has (see letter.cc), none of them empty. Names that end in
  // _url hold an address to click on; _text may have several lines; all others have one.
  std::map<std::string, std::string> values;
  std::vector<DocumentRef> documents;
  // From here on it would only confuse, as a link that has ended does: it is not sent any more.
  absl::Time useless_from = absl::InfiniteFuture();

  friend bool operator==(const Letter&, const Letter&) = default;
};

// OK when the letter has what its kind needs and can be put into words. Returns INVALID_ARGUMENT,
// reason LETTER_INVALID, naming the value, or as CheckMailAddress does.
absl::Status CheckLetter(const Letter& letter);

// The names of the values that a letter of this kind has.
const std::vector<std::string>& ValuesOf(MailKind kind);

// "2020年12月1日（火） 19:02", in Japan.
std::string JapaneseTime(absl::Time time);
// "2020年12月1日（火）", in Japan.
std::string JapaneseDate(absl::Time time);

}  // namespace oshirase::registry
