#include "services/registry/domain/mail.h"

#include <catch2/catch.hpp>
#include <functional>

#include "common/status/errors.h"

namespace oshirase::registry {
namespace {

Mail Example() {
  return {.to = "owner@example.jp",
          .subject = "感染防止対策取組書 🎉",
          .text = "こんにちは\n",
          .html = "<p>こんにちは</p>",
          .attachments = {{"certificate.pdf", "application/pdf", "%PDF"}}};
}

TEST_CASE("an address that can be mailed to is accepted, phone carriers' odd ones included") {
  for (const char* address : {
           "owner@example.jp",
           "a.b+c=d@mail.example.co.jp",
           "abc..def.@docomo.ne.jp",
           "-owner-@example.jp",
           "o'neil@example.jp",
           "x@xn--wgv71a119e.jp",
       }) {
    INFO(address);
    CHECK(CheckMailAddress(address).ok());
  }
}

TEST_CASE("what is no address is refused without repeating it") {
  const std::string nul("a\0b@example.jp", 14);
  for (const std::string& address : {
           std::string(""),
           std::string("owner"),
           std::string("@example.jp"),
           std::string("owner@"),
           std::string("owner@localhost"),
           std::string("owner@example..jp"),
           std::string("owner@-example.jp"),
           std::string("owner@192.0.2.1"),
           std::string("owner@[192.0.2.1]"),
           std::string("a@b@example.jp"),
           std::string("owner @example.jp"),
           std::string("<owner@example.jp>"),
           std::string("owner@example.jp\r\nBcc: all@example.jp"),
           std::string("owner@example.jp\nRCPT TO:<all@example.jp>"),
           std::string("owner@example.jp,all@example.jp"),
           std::string(65, 'a') + "@example.jp",
           "a@" + std::string(250, 'b') + ".jp",
           nul,
       }) {
    INFO(address);
    const auto status = CheckMailAddress(address);
    CHECK(ReasonOf(status) == "MAIL_ADDRESS_INVALID");
    CHECK(std::string(status.message()) == "not a mail address");
  }
}

TEST_CASE("an international address is refused with a reason of its own") {
  CHECK(ReasonOf(CheckMailAddress("店長@example.jp")) == "MAIL_ADDRESS_NOT_ASCII");
  CHECK(ReasonOf(CheckMailAddress("owner@日本語.jp")) == "MAIL_ADDRESS_NOT_ASCII");
}

TEST_CASE("a mail is refused when any of it could become a header") {
  CHECK(CheckMail(Example()).ok());
  const std::vector<std::function<void(Mail&)>> spoilings = {
      [](Mail& mail) { mail.to += "\r\nBcc: all@example.jp"; },
      [](Mail& mail) { mail.subject += "\r\nBcc: all@example.jp"; },
      [](Mail& mail) { mail.subject += "\nX: y"; },
      [](Mail& mail) { mail.subject += "\r"; },
      [](Mail& mail) { mail.subject += '\0'; },
      [](Mail& mail) { mail.subject += "\xE2\x80\xAE"; },  // turns the direction of writing
      [](Mail& mail) { mail.subject += "\xFF"; },
      [](Mail& mail) { mail.subject.clear(); },
      [](Mail& mail) { mail.subject = std::string(kMaxSubjectBytes + 1, 'a'); },
      [](Mail& mail) { mail.text += '\0'; },
      [](Mail& mail) { mail.text += '\r'; },
      [](Mail& mail) { mail.html += "\xFF"; },
      [](Mail& mail) { mail.html.clear(); },
      [](Mail& mail) { mail.text = std::string(kMaxPartBytes + 1, 'a'); },
      [](Mail& mail) { mail.attachments[0].file_name = "a.pdf\r\nX: y"; },
      [](Mail& mail) { mail.attachments[0].file_name = "a\"b.pdf"; },
      [](Mail& mail) { mail.attachments[0].file_name = "../a.pdf"; },
      [](Mail& mail) { mail.attachments[0].file_name = "取組書.pdf"; },
      [](Mail& mail) { mail.attachments[0].media_type = "application/pdf\r\nX: y"; },
      [](Mail& mail) { mail.attachments[0].media_type = "pdf"; },
      [](Mail& mail) { mail.attachments[0].bytes = std::string(kMaxAttachmentBytes + 1, 'a'); },
  };
  for (size_t i = 0; i < spoilings.size(); ++i) {
    INFO("spoiling " << i);
    Mail mail = Example();
    spoilings[i](mail);
    CHECK(absl::IsInvalidArgument(CheckMail(mail)));
  }
}

}  // namespace
}  // namespace oshirase::registry
