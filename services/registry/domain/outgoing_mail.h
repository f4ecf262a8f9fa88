// Mails that a change of the register brings about, as facts. A store queues them in the
// transaction of the change, so that neither happens without the other; they are put into words and
// sent later.
#pragma once

#include <string>
#include <variant>

#include "absl/time/time.h"

namespace oshirase::registry {

// The link that proves the mailbox of a registration. It says nothing that was typed: whoever types
// somebody else's address must not be able to send words to it.
struct ConfirmationMail {
  std::string receipt_number;
  std::string link_token;
  absl::Time link_expire_time;
};

// The link that opens the upkeep pages.
struct UpkeepLinkMail {
  std::string link_token;
  absl::Time link_expire_time;
};

// A certificate was issued; it is attached.
struct CertificateMail {
  std::string venue_id;
  std::string venue_code;
  std::string venue_name;
  std::string certificate_number;
  int version = 1;
  absl::Time issue_time;
};

// Many venues were registered from a file.
struct ImportMail {
  int venue_count = 0;
};

// An enquiry came. It says nothing that was typed, since the mailbox is not proved.
struct EnquiryReceivedMail {
  std::string enquiry_number;
  absl::Time receive_time;
};

// The desk's answer to an enquiry.
struct EnquiryAnsweredMail {
  std::string enquiry_number;
  std::string answer;
};

// The prefecture has decided against a venue.
struct DecisionMail {
  enum class Decision { kVenueSuspended, kCertificateWithdrawn };
  Decision decision = Decision::kVenueSuspended;
  std::string venue_name;
  std::string certificate_number;  // empty for a venue without one
  absl::Time decide_time;
  std::string reason;
};

// Visitors of the venue were told of an infection. Neither when nor who: a business must not be
// able to work out whom it was about.
struct NoticeMail {
  std::string venue_name;
};

struct OutgoingMail {
  std::string to;
  std::variant<ConfirmationMail, UpkeepLinkMail, CertificateMail, ImportMail, EnquiryReceivedMail,
               EnquiryAnsweredMail, DecisionMail, NoticeMail>
      content;
};

}  // namespace oshirase::registry
