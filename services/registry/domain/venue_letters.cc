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
};

}  // namespace

Letter LetterOf(const OutgoingMail& mail, const SiteAddresses& site) {
  return std::visit(Writer{mail.to, site}, mail.content);
}

}  // namespace oshirase::registry
