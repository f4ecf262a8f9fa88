#include "services/registry/domain/venue_letters.h"

#include <catch2/catch.hpp>

#include "common/ids/public_number.h"
#include "common/ids/uuid.h"
#include "common/ids/venue_code.h"

namespace oshirase::registry {
namespace {

using Decision = DecisionMail::Decision;

const SiteAddresses kSite("https://oshirase.example.jp", "@oshirase");

CertificateMail ExampleCertificateMail() {
  return {.venue_id = ids::NewUuid(),
          .venue_code = ids::NewVenueCode().value,
          .venue_name = "喫茶ポエム",
          .certificate_number = ids::NewPublicNumber().value,
          .version = 1,
          .issue_time = absl::FromUnixSeconds(1'607'580'000)};
}

Letter LetterWith(decltype(OutgoingMail::content) content) {
  return LetterOf({.to = "poem@example.com", .content = std::move(content)}, kSite);
}

TEST_CASE("every mail becomes a letter that can be written") {
  const std::string token(43, 'x');
  const absl::Time end = absl::FromUnixSeconds(1'607'580'000);
  const Letter confirmation = LetterWith(ConfirmationMail{"1234-5678", token, end});
  const Letter upkeep = LetterWith(UpkeepLinkMail{token, end});
  const Letter issued = LetterWith(ExampleCertificateMail());
  const Letter imported = LetterWith(ImportMail{.venue_count = 5000});
  const Letter suspended = LetterWith(DecisionMail{.decision = Decision::kVenueSuspended,
                                                   .venue_name = "喫茶ポエム",
                                                   .certificate_number = "",
                                                   .decide_time = end,
                                                   .reason = "苦情"});
  const Letter withdrawn = LetterWith(DecisionMail{.decision = Decision::kCertificateWithdrawn,
                                                   .venue_name = "喫茶ポエム",
                                                   .certificate_number = "0123456789ABC",
                                                   .decide_time = end,
                                                   .reason = "対策なし"});
  const Letter noticed = LetterWith(NoticeMail{.venue_name = "喫茶ポエム"});

  for (const auto& letter :
       {confirmation, upkeep, issued, imported, suspended, withdrawn, noticed}) {
    CHECK(CheckLetter(letter).ok());
    CHECK(letter.to == "poem@example.com");
  }
  CHECK(confirmation.kind == MailKind::kConfirmMailbox);
  CHECK(confirmation.values.at("confirm_url") == "https://oshirase.example.jp/links/" + token);
  CHECK(confirmation.useless_from == end);
  CHECK(upkeep.values.at("upkeep_link_url") == "https://oshirase.example.jp/links/" + token);
  CHECK(imported.values.at("venue_count") == "5000");
  CHECK(suspended.kind == MailKind::kVenueSuspended);
  CHECK(suspended.values.at("certificate_number") == "未発行");
  CHECK(withdrawn.kind == MailKind::kCertificateWithdrawn);
  CHECK(withdrawn.values.at("certificate_number") == "0123-4567-89AB-C");
  CHECK(noticed.kind == MailKind::kNoticeConcernsVenue);
}

TEST_CASE("the first certificate is issued, a later one updated, each with itself attached") {
  auto mail = ExampleCertificateMail();
  const Letter first = LetterWith(mail);
  mail.version = 2;
  const Letter second = LetterWith(mail);

  CHECK(first.kind == MailKind::kCertificateIssued);
  CHECK(second.kind == MailKind::kCertificateUpdated);
  REQUIRE(first.documents.size() == 1);
  CHECK(first.documents[0].document == "certificate");
  CHECK(first.values.at("documents_url") ==
        "https://oshirase.example.jp/upkeep/venues/" + mail.venue_id);
}

TEST_CASE("an enquiry is acknowledged and answered under the number that its sender knows") {
  const absl::Time received = absl::FromUnixSeconds(1'607'580'000);
  const Letter acknowledgement = LetterWith(EnquiryReceivedMail{"3F7K9Q2MXW4T8", received});
  const Letter answer = LetterWith(EnquiryAnsweredMail{"3F7K9Q2MXW4T8", "二枚目に\nあります。"});

  CHECK(CheckLetter(acknowledgement).ok());
  CHECK(acknowledgement.kind == MailKind::kEnquiryReceived);
  CHECK(acknowledgement.values.at("enquiry_number") == "3F7K-9Q2M-XW4T-8");
  CHECK(acknowledgement.values.at("receive_time") == "2020年12月10日（木） 15:00");
  CHECK(CheckLetter(answer).ok());
  CHECK(answer.kind == MailKind::kEnquiryAnswered);
  CHECK(answer.values.at("answer_text") == "二枚目に\nあります。");
}

TEST_CASE("the longest name there is does not keep a mail from being written") {
  auto mail = ExampleCertificateMail();
  mail.venue_name.clear();
  for (int i = 0; i < 100; ++i) mail.venue_name += "👨‍👩‍👧‍👦";

  CHECK(CheckLetter(LetterWith(mail)).ok());
}

}  // namespace
}  // namespace oshirase::registry
