#include "services/registry/domain/letter.h"

#include <catch2/catch.hpp>

#include "common/keyring/key_maintenance.h"
#include "common/status/errors.h"
#include "services/registry/domain/letters.h"
#include "services/registry/testing/mail_scene.h"

namespace oshirase::registry {
namespace {

TEST_CASE("every kind of letter has a name of its own") {
  for (const MailKind kind : kMailKinds) CHECK(MailKindOf(NameOf(kind)) == kind);
  CHECK_FALSE(MailKindOf("POSTCARD").has_value());
}

TEST_CASE("the letters the registry writes are fit to be sent") {
  const absl::Time now = absl::FromUnixSeconds(1'607'580'000);
  const std::string to = "owner@example.jp";
  const DecisionFacts decision{.venue_name = "店",
                               .certificate_number = "AB12",
                               .decide_time = now,
                               .reason_text = "一行目\r\n二行目\tおわり"};
  const std::vector<Letter> letters = {
      ConfirmMailboxLetter(
          to, {.receipt_number = "R1", .confirm_url = "https://a.jp/r/x", .valid_until = now}),
      CertificateIssuedLetter(to, ExampleCertificateFacts()),
      UpkeepLinkLetter(to, {.upkeep_link_url = "http://127.0.0.1:1/u/x", .valid_until = now}),
      CertificateUpdatedLetter(to, ExampleCertificateFacts()),
      NoticeConcernsVenueLetter(to, {.venue_name = "店"}),
      EnquiryReceivedLetter(to, {.enquiry_number = "E1", .receive_time = now}),
      EnquiryAnsweredLetter(to, {.enquiry_number = "E1", .answer_text = "はい。\n\nどうぞ。"}),
      VenueSuspendedLetter(to, decision),
      CertificateWithdrawnLetter(to, decision),
      VenuesImportedLetter(to, {.venue_count = 30,
                                .documents_url = "https://a.jp/upkeep",
                                .upkeep_url = "https://a.jp/upkeep/link"}),
  };
  REQUIRE(letters.size() == std::size(kMailKinds));
  for (size_t i = 0; i < letters.size(); ++i) {
    INFO(NameOf(letters[i].kind));
    CHECK(letters[i].kind == kMailKinds[i]);
    CHECK(CheckLetter(letters[i]).ToString() == "OK");
  }
  CHECK(letters[7].values.at("reason_text") == "一行目\n二行目 おわり");
}

TEST_CASE("times and dates are written as Japan writes them") {
  // 15:00 in UTC is midnight in Japan.
  const absl::Time time = absl::FromUnixSeconds(1'606'748'400);
  CHECK(JapaneseTime(time) == "2020年12月1日（火） 00:00");
  CHECK(JapaneseDate(time - absl::Seconds(1)) == "2020年11月30日（月）");
}

TEST_CASE("a letter with a value too many, too few or not fit is refused, by name") {
  const auto problem = [](const std::string& name, const std::string& value) {
    Letter letter = MailScene::Certificate();
    letter.values[name] = value;
    const auto status = CheckLetter(letter);
    CHECK(ReasonOf(status) == "LETTER_INVALID");
    return std::string(status.message());
  };
  for (const char* value : {"", "店\nhttps://evil.example", "店\x01", "店\xE2\x80\xAE"})
    CHECK(problem("venue_name", value).find("venue_name") != std::string::npos);
  for (const char* value :
       {"javascript:alert(1)", "https://", "https://a.jp/ b", "https://a.jp/\"x", "//a.jp/",
        "https://a.jp/\r\nX: y", "https://日本.jp/"})
    CHECK(problem("documents_url", value).find("documents_url") != std::string::npos);
  CHECK(problem("visit_date", "x").find("another") != std::string::npos);

  Letter letter = MailScene::Certificate();
  letter.values.erase("version");
  CHECK(ReasonOf(CheckLetter(letter)) == "LETTER_INVALID");
  letter = MailScene::Certificate();
  letter.to = "店長@example.jp";
  CHECK(ReasonOf(CheckLetter(letter)) == "MAIL_ADDRESS_NOT_ASCII");
}

TEST_CASE("a sealed letter holds nothing readable and comes back whole") {
  MailScene scene;
  const Letter letter = MailScene::Certificate();

  const auto mail = scene.sealer.Seal(letter);

  REQUIRE(mail.ok());
  for (const char* readable : {"owner", "example", "certificate", "AB12"})
    CHECK(mail->sealed_letter.find(readable) == std::string::npos);
  CHECK(mail->create_time == scene.clock());
  CHECK(mail->expire_time == scene.clock() + kMailLifetime);
  auto opened = scene.sealer.Open(*mail);
  REQUIRE(opened.ok());
  opened->useless_from = letter.useless_from;
  CHECK(*opened == letter);
}

TEST_CASE("a link's mail expires with the link") {
  MailScene scene;
  CHECK(scene.sealer.Seal(scene.Link())->expire_time == scene.clock() + absl::Minutes(30));
}

TEST_CASE("a seal opens for its own mail and kind only") {
  MailScene scene;
  const OutboxMail mail = *scene.sealer.Seal(scene.Link());
  OutboxMail other = mail;
  other.mail_id = "11111111-2222-4333-8444-555555555555";
  CHECK(ReasonOf(scene.sealer.Open(other).status()) == "SEAL_DOES_NOT_OPEN");
  other = mail;
  other.kind = MailKind::kEnquiryReceived;
  CHECK(ReasonOf(scene.sealer.Open(other).status()) == "SEAL_DOES_NOT_OPEN");
}

TEST_CASE("when the keys of its day end, a sealed letter cannot be read any more") {
  MailScene scene;
  const OutboxMail mail = *scene.sealer.Seal(MailScene::Certificate());
  // The last moment at which it can be sent, and the key is still there.
  CHECK(keyring::LastEndedDay(DayOf(mail.expire_time), kMailKeyDays) < DayOf(mail.create_time));

  REQUIRE(scene.keys.DestroyThrough(DayOf(mail.create_time)).status.ok());

  CHECK(ReasonOf(scene.sealer.Open(mail).status()) == keyring::kKeyDestroyed);
}

TEST_CASE("nothing is sealed while the keyring is away") {
  MailScene scene;
  scene.key_book.FailNext(absl::UnavailableError("down"));
  CHECK(absl::IsUnavailable(scene.sealer.Seal(MailScene::Certificate()).status()));
  CHECK(scene.sealer.Seal(MailScene::Certificate()).ok());
}

}  // namespace
}  // namespace oshirase::registry
