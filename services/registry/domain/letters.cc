#include "services/registry/domain/letters.h"

#include "absl/strings/str_replace.h"

namespace oshirase::registry {
namespace {

// As a form's text area sends it, or an editor saves it.
std::string WithPlainLines(const std::string& text) {
  return absl::StrReplaceAll(text, {{"\r\n", "\n"}, {"\t", " "}});
}

Letter OfCertificate(MailKind kind, const std::string& to, const CertificateFacts& facts) {
  return {.kind = kind,
          .to = to,
          .values = {{"venue_name", facts.venue_name},
                     {"certificate_number", facts.certificate_number},
                     {"version", std::to_string(facts.version)},
                     {"issue_date", JapaneseDate(facts.issue_time)},
                     {"documents_url", facts.documents_url},
                     {"code_url", facts.code_url},
                     {"upkeep_url", facts.upkeep_url}},
          .documents = {{.document = "certificate",
                         .certificate_number = facts.certificate_number,
                         .version = facts.version}}};
}

Letter OfDecision(MailKind kind, const std::string& to, const DecisionFacts& facts) {
  return {.kind = kind,
          .to = to,
          .values = {{"venue_name", facts.venue_name},
                     {"certificate_number", facts.certificate_number},
                     {"decide_date", JapaneseDate(facts.decide_time)},
                     {"reason_text", WithPlainLines(facts.reason_text)}}};
}

}  // namespace

Letter ConfirmMailboxLetter(const std::string& to, const ConfirmMailboxFacts& facts) {
  return {.kind = MailKind::kConfirmMailbox,
          .to = to,
          .values = {{"receipt_number", facts.receipt_number},
                     {"confirm_url", facts.confirm_url},
                     {"valid_until", JapaneseTime(facts.valid_until)}},
          .useless_from = facts.valid_until};
}

Letter CertificateIssuedLetter(const std::string& to, const CertificateFacts& facts) {
  return OfCertificate(MailKind::kCertificateIssued, to, facts);
}

Letter CertificateUpdatedLetter(const std::string& to, const CertificateFacts& facts) {
  return OfCertificate(MailKind::kCertificateUpdated, to, facts);
}

Letter UpkeepLinkLetter(const std::string& to, const UpkeepLinkFacts& facts) {
  return {.kind = MailKind::kUpkeepLink,
          .to = to,
          .values = {{"upkeep_link_url", facts.upkeep_link_url},
                     {"valid_until", JapaneseTime(facts.valid_until)}},
          .useless_from = facts.valid_until};
}

Letter VenuesImportedLetter(const std::string& to, const ImportFacts& facts) {
  return {.kind = MailKind::kVenuesImported,
          .to = to,
          .values = {{"venue_count", std::to_string(facts.venue_count)},
                     {"documents_url", facts.documents_url},
                     {"upkeep_url", facts.upkeep_url}}};
}

Letter NoticeConcernsVenueLetter(const std::string& to, const NoticeFacts& facts) {
  return {.kind = MailKind::kNoticeConcernsVenue,
          .to = to,
          .values = {{"venue_name", facts.venue_name}}};
}

Letter EnquiryReceivedLetter(const std::string& to, const EnquiryReceivedFacts& facts) {
  return {.kind = MailKind::kEnquiryReceived,
          .to = to,
          .values = {{"enquiry_number", facts.enquiry_number},
                     {"receive_time", JapaneseTime(facts.receive_time)}}};
}

Letter EnquiryAnsweredLetter(const std::string& to, const EnquiryAnsweredFacts& facts) {
  return {.kind = MailKind::kEnquiryAnswered,
          .to = to,
          .values = {{"enquiry_number", facts.enquiry_number},
                     {"answer_text", WithPlainLines(facts.answer_text)}}};
}

Letter VenueSuspendedLetter(const std::string& to, const DecisionFacts& facts) {
  return OfDecision(MailKind::kVenueSuspended, to, facts);
}

Letter CertificateWithdrawnLetter(const std::string& to, const DecisionFacts& facts) {
  return OfDecision(MailKind::kCertificateWithdrawn, to, facts);
}

}  // namespace oshirase::registry
