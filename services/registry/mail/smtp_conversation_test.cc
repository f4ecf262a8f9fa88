#include "services/registry/mail/smtp_conversation.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "common/status/errors.h"

namespace oshirase::registry {
namespace {

// Lines that begin with ">" are ours. Returns the reason of the verdict.
std::string ReasonAfter(const std::vector<std::string>& lines, CURLcode code = CURLE_SEND_ERROR) {
  SmtpConversation conversation;
  for (const std::string& line : lines) {
    if (line[0] == '>')
      conversation.OnSent(line.substr(1) + "\r\n");
    else
      conversation.OnReceived(line + "\r\n");
  }
  const auto status = conversation.Verdict(code);
  CHECK(std::string(status.message()).find("example") == std::string::npos);
  return ReasonOf(status);
}

const std::vector<std::string> kUntilMail = {"220 ready", ">EHLO example.jp", "250-hello", "250 OK",
                                             ">MAIL FROM:<office@example.jp>"};

std::vector<std::string> Then(std::vector<std::string> lines,
                              const std::vector<std::string>& more) {
  lines.insert(lines.end(), more.begin(), more.end());
  return lines;
}

const std::vector<std::string> kUntilRcpt =
    Then(kUntilMail, {"250 OK", ">RCPT TO:<owner@example.jp>"});
const std::vector<std::string> kUntilData = Then(kUntilRcpt, {"250 OK", ">DATA", "354 go on"});

TEST_CASE("a mail that was taken is taken, whatever the good-bye") {
  SmtpConversation conversation;
  conversation.OnReceived("421 bye\r\n");
  CHECK(conversation.Verdict(CURLE_OK).ok());
}

TEST_CASE("a call that ended without a refusal shows a server that cannot be reached") {
  CHECK(ReasonAfter({}, CURLE_COULDNT_CONNECT) == "MAIL_SERVER_UNREACHABLE");
  CHECK(ReasonAfter(kUntilData, CURLE_OPERATION_TIMEDOUT) == "MAIL_SERVER_UNREACHABLE");
  CHECK(ReasonAfter(kUntilMail, CURLE_PEER_FAILED_VERIFICATION) == "MAIL_SERVER_UNREACHABLE");
}

TEST_CASE("what is refused before a recipient is named is refused to us, so mails wait") {
  CHECK(ReasonAfter({"554 no service"}) == "MAIL_SERVER_REFUSES_US");
  CHECK(ReasonAfter({"220 ready", ">EHLO example.jp", "250 OK", ">AUTH PLAIN", "334 ", ">DATA",
                     "535 5.7.8 wrong"},
                    CURLE_LOGIN_DENIED) == "MAIL_SERVER_REFUSES_US");
  CHECK(ReasonAfter(Then(kUntilMail, {"550 5.7.1 not you"})) == "MAIL_SERVER_REFUSES_US");
  CHECK(ReasonAfter(Then(kUntilMail, {"451 later"})) == "MAIL_SERVER_REFUSES_US");
}

TEST_CASE("a recipient that does not exist is refused for good") {
  CHECK(ReasonAfter(Then(kUntilRcpt, {"550 5.1.1 <owner@example.jp> unknown", ">QUIT",
                                      "221 bye"})) == "MAIL_REFUSED");
}

TEST_CASE("a recipient that is put off, or that we may not mail to yet, is tried again") {
  CHECK(ReasonAfter(Then(kUntilRcpt, {"451 4.7.1 greylisted"})) == "MAIL_DEFERRED");
  CHECK(ReasonAfter(Then(kUntilRcpt, {"554 5.7.1 relay access denied"})) == "MAIL_DEFERRED");
  CHECK(ReasonAfter(Then(kUntilRcpt, {"550-5.7.1 relay", "550 5.7.1 denied"})) == "MAIL_DEFERRED");
}

TEST_CASE("content is refused for good by 5xx and put off by 4xx") {
  CHECK(ReasonAfter(Then(kUntilData, {"550 no"})) == "MAIL_REFUSED");
  CHECK(ReasonAfter(Then(kUntilData, {"554 5.7.1 spam"})) == "MAIL_REFUSED");
  CHECK(ReasonAfter(Then(kUntilData, {"451 later"})) == "MAIL_DEFERRED");
}

TEST_CASE("a mail that is too large is refused wherever the server says so") {
  CHECK(ReasonAfter(Then(kUntilMail, {"552 5.3.4 too large"})) == "MAIL_REFUSED");
  CHECK(ReasonAfter(Then(kUntilData, {"552 too large"})) == "MAIL_REFUSED");
}

TEST_CASE("a server that closes is in trouble, whatever we were saying") {
  CHECK(ReasonAfter(Then(kUntilRcpt, {"421 closing"})) == "MAIL_SERVER_REFUSES_US");
  CHECK(ReasonAfter(Then(kUntilData, {"421 closing"})) == "MAIL_SERVER_REFUSES_US");
}

TEST_CASE("lines that are no answers are passed over") {
  CHECK(ReasonAfter({"", "22", "5x0 no", "hello"}) == "MAIL_SERVER_UNREACHABLE");
}

}  // namespace
}  // namespace oshirase::registry
