// The letters the registry writes, one function for each kind. What is typed by people and shown in
// them was checked when it was stored; CheckLetter refuses the rest.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "services/registry/domain/letter.h"

namespace oshirase::registry {

struct ConfirmMailboxFacts {
  std::string receipt_number;
  std::string confirm_url;
  absl::Time valid_until;
};
Letter ConfirmMailboxLetter(const std::string& to, const ConfirmMailboxFacts& facts);

struct CertificateFacts {
  std::string venue_name;
  std::string certificate_number;
  int version = 0;
  absl::Time issue_time;
  std::string documents_url;  // everything to download
  std::string code_url;       // the page of the check-in code
  std::string upkeep_url;     // where a link to change things is asked for
};
// With the certificate of that version attached.
Letter CertificateIssuedLetter(const std::string& to, const CertificateFacts& facts);
Letter CertificateUpdatedLetter(const std::string& to, const CertificateFacts& facts);

struct UpkeepLinkFacts {
  std::string upkeep_link_url;  // good once
  absl::Time valid_until;
};
Letter UpkeepLinkLetter(const std::string& to, const UpkeepLinkFacts& facts);

struct ImportFacts {
  int venue_count = 0;
  std::string documents_url;  // everything to download
  std::string upkeep_url;     // where a link to change things is asked for
};
Letter VenuesImportedLetter(const std::string& to, const ImportFacts& facts);

struct NoticeFacts {
  std::string venue_name;
};
Letter NoticeConcernsVenueLetter(const std::string& to, const NoticeFacts& facts);

struct EnquiryReceivedFacts {
  std::string enquiry_number;
  absl::Time receive_time;
};
Letter EnquiryReceivedLetter(const std::string& to, const EnquiryReceivedFacts& facts);

struct EnquiryAnsweredFacts {
  std::string enquiry_number;
  std::string answer_text;
};
Letter EnquiryAnsweredLetter(const std::string& to, const EnquiryAnsweredFacts& facts);

struct DecisionFacts {
  std::string venue_name;
  std::string certificate_number;
  absl::Time decide_time;
  std::string reason_text;
};
Letter VenueSuspendedLetter(const std::string& to, const DecisionFacts& facts);
Letter CertificateWithdrawnLetter(const std::string& to, const DecisionFacts& facts);

}  // namespace oshirase::registry
