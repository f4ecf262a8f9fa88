#include "services/registry/domain/venue_letters.h"

#include <variant>

#include "common/ids/public_number.h"
#include "services/registry/domain/letters.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {
namespace {

// Within the bytes that a letter's line may have. Names have at most 100 characters, but one can be
// many bytes: an emoji family, a letter with its accents.
constexpr size_t kMaxNameBytes = 900;

// Where a number is asked for and there is none.
constexpr char kNoCertificate[] = "未発行";

std::string Shortened(const std::string& name) {
  if (name.size() <= kMaxNameBytes) return name;
  return FirstCharacters(name, kMaxNameBytes) + "…";
}

struct Writer {
  const std::string& to;
  const SiteAddresses& site;

  Letter operator()(const ConfirmationMail& mail) const {
    return ConfirmMailboxLetter(to, {.receipt_number = mail.receipt_number,
                                     .confirm_url = site.LinkPage(mail.link_token),
                                     .valid_until = mail.link_expire_time});
  }

  Letter operator()(const UpkeepLinkMail& mail) const {
    return UpkeepLinkLetter(to, {.upkeep_link_url = site.LinkPage(mail.link_token),
                                 .valid_until = mail.link_expire_time});
  }

  Letter operator()(const CertificateMail& mail) const {
    const CertificateFacts facts{
        .venue_name = Shortened(mail.venue_name),
        .certificate_number = ids::FormatPublicNumber({mail.certificate_number}),
        .version = mail.version,
        .issue_time = mail.issue_time,
        .documents_url = site.VenuePage(mail.venue_id),
        .code_url = site.CodePage(mail.venue_code),
        .upkeep_url = site.UpkeepLinkPage()};
    return mail.version == 1 ? CertificateIssuedLetter(to, facts)
                             : CertificateUpdatedLetter(to, facts);
  }

  Letter operator()(const ImportMail& mail) const {
    return VenuesImportedLetter(to, {.venue_count = mail.venue_count,
                                     .documents_url = site.UpkeepPage(),
                                     .upkeep_url = site.UpkeepLinkPage()});
  }

  Letter operator()(const EnquiryReceivedMail& mail) const {
    return EnquiryReceivedLetter(to,
                                 {.enquiry_number = ids::FormatPublicNumber({mail.enquiry_number}),
                                  .receive_time = mail.receive_time});
  }

  Letter operator()(const EnquiryAnsweredMail& mail) const {
    return EnquiryAnsweredLetter(to,
                                 {.enquiry_number = ids::FormatPublicNumber({mail.enquiry_number}),
                                  .answer_text = mail.answer});
  }

  Letter operator()(const DecisionMail& mail) const {
    const DecisionFacts facts{
        .venue_name = Shortened(mail.venue_name),
        .certificate_number = mail.certificate_number.empty()
                                  ? kNoCertificate
                                  : ids::FormatPublicNumber({mail.certificate_number}),
        .decide_time = mail.decide_time,
        .reason_text = mail.reason};
    switch (mail.decision) {
      case DecisionMail::Decision::kVenueSuspended:
        return VenueSuspendedLetter(to, facts);
      case DecisionMail::Decision::kCertificateWithdrawn:
        return CertificateWithdrawnLetter(to, facts);
    }
    return {};
  }

  Letter operator()(const NoticeMail& mail) const {
    return NoticeConcernsVenueLetter(to, {.venue_name = Shortened(mail.venue_name)});
  }
};

}  // namespace

Letter LetterOf(const OutgoingMail& mail, const SiteAddresses& site) {
  return std::visit(Writer{mail.to, site}, mail.content);
}

}  // namespace oshirase::registry
