#include "services/registry/mail/smtp_options.h"

#include <catch2/catch.hpp>

namespace oshirase::registry {
namespace {

SmtpOptions Good() {
  return {.url = "smtp://mail.example.jp:587",
          .username = "oshirase",
          .password = "secret",
          .from_address = "no-reply@example.jp",
          .from_name = "神奈川県"};
}

TEST_CASE("the address of a mail server is read") {
  const auto server = ParseSmtpUrl("smtps://[::1]:465");
  REQUIRE(server.ok());
  CHECK(server->implicit_tls);
  CHECK(server->host == "::1");
  CHECK(server->port == 465);
  CHECK_FALSE(ParseSmtpUrl("smtp://mail.example.jp:587")->implicit_tls);
}

TEST_CASE("what is no address of a mail server is refused without repeating it") {
  for (const char* url :
       {"", "mail.example.jp:25", "http://mail.example.jp:25", "smtp://mail.example.jp",
        "smtp://mail.example.jp:0", "smtp://user:secret@mail.example.jp:25",
        "smtp://mail.example.jp:25/path", "smtp://mail.example.jp:25\r\nX", "smtp://:25"}) {
    INFO(url);
    const auto server = ParseSmtpUrl(url);
    CHECK_FALSE(server.ok());
    CHECK(std::string(server.status().message()).find("example") == std::string::npos);
  }
}

TEST_CASE("mail leaves this machine by TLS only") {
  SmtpOptions options = Good();
  CHECK(NeedsTls(options));
  options.url = "smtp://127.0.0.1:25";
  CHECK_FALSE(NeedsTls(options));
  options.url = "smtp://localhost:25";
  CHECK_FALSE(NeedsTls(options));
  options.ca_file = "/etc/ssl/mail.pem";
  CHECK(NeedsTls(options));
  options.ca_file.clear();
  options.url = "smtps://localhost:25";
  CHECK(NeedsTls(options));
  // A name that only looks local.
  options.url = "smtp://localhost.example.jp:25";
  CHECK(NeedsTls(options));
}

TEST_CASE("every problem has its line, and none shows the password") {
  CHECK(ProblemsOf(Good()).empty());

  const auto problems = ProblemsOf({.url = "mail",
                                    .password = "secret",
                                    .ca_file = "/nonexistent/ca.pem",
                                    .from_address = "店長@example.jp",
                                    .from_name = "県\r\nBcc: all@example.jp"});

  REQUIRE(problems.size() == 5);
  const std::vector<std::string> names = {"SMTP_URL", "SMTP_USERNAME", "SMTP_CA_FILE",
                                          "MAIL_FROM_ADDRESS", "MAIL_FROM_NAME"};
  for (size_t i = 0; i < names.size(); ++i) {
    CHECK(problems[i].substr(0, names[i].size()) == names[i]);
    CHECK(problems[i].find("secret") == std::string::npos);
  }
}

}  // namespace
}  // namespace oshirase::registry
