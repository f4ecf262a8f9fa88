#include <atomic>
#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "services/registry/mail/smtp_mailer.h"
#include "services/registry/testing/temp_mail_sink.h"

namespace oshirase::registry {
namespace {

constexpr char kMailId[] = "11111111-2222-4333-8444-555555555555";

Clock FixedClock() {
  return [] { return absl::FromUnixSeconds(1'607'580'000); };
}

Mail ExampleMail() {
  return {.to = "owner@example.jp",
          .subject = "感染防止対策取組書を発行しました",
          .text = "一行目\n二行目\n",
          .html = "<!DOCTYPE html>\n<p>本文</p>\n"};
}

std::string RandomBytes(size_t size) {
  std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): the same each time
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

std::string ReasonOfSend(SmtpMailer& mailer, const Mail& mail = ExampleMail()) {
  return ReasonOf(mailer.Send(mail, ids::NewUuid()));
}

TEST_CASE("a mail arrives as it was meant, by an independent reader's account") {
  TempMailSink sink;
  SmtpMailer mailer(sink.options(), FixedClock());
  Mail mail = ExampleMail();
  mail.subject =
      "【神奈川県】感染防止対策取組書を発行しました "
      "👨‍👩‍👧‍👦🎉";
  mail.subject += " 葛󠄀飾 髙﨑屋 𠮷田店 =?UTF-8?B?QQ==?= とても長い件名";
  mail.attachments = {{"certificate.pdf", "application/pdf", RandomBytes(70'000)},
                      {"empty.txt", "text/plain", ""}};

  REQUIRE(mailer.Send(mail, kMailId).ToString() == "OK");

  const auto messages = sink.messages();
  REQUIRE(messages.size() == 1);
  const auto& got = messages[0];
  CHECK(got.at("from") == "no-reply@pref.example.jp");
  CHECK(got.at("to") == nlohmann::json{"owner@example.jp"});
  CHECK(got.at("subject") == mail.subject);
  CHECK(absl::StartsWith(got.at("text").get<std::string>(), mail.text));
  CHECK(absl::StartsWith(got.at("html").get<std::string>(), mail.html));
  const auto& headers = got.at("headers");
  CHECK(headers.at("to") == "<owner@example.jp>");
  CHECK(headers.at("message-id") == std::string("<") + kMailId + "@pref.example.jp>");
  CHECK(headers.at("auto-submitted") == "auto-generated");
  CHECK(headers.at("date") == "Thu, 10 Dec 2020 15:00:00 +0900");
  CHECK(absl::EndsWith(headers.at("from").get<std::string>(), " <no-reply@pref.example.jp>"));
  REQUIRE(got.at("attachments").size() == 2);
  for (size_t i = 0; i < 2; ++i) {
    const auto& part = got.at("attachments")[i];
    CHECK(part.at("filename") == mail.attachments[i].file_name);
    CHECK(part.at("contentType") == mail.attachments[i].media_type);
    std::string bytes;
    REQUIRE(absl::Base64Unescape(part.at("base64").get<std::string>(), &bytes));
    CHECK(bytes == mail.attachments[i].bytes);
  }
}

TEST_CASE("what goes over the wire is ASCII in short lines, and says how to read it") {
  TempMailSink sink;
  SmtpMailer mailer(sink.options(), FixedClock());
  Mail mail = ExampleMail();
  mail.attachments = {{"certificate.pdf", "application/pdf", RandomBytes(1000)}};

  REQUIRE(mailer.Send(mail, kMailId).ok());

  const std::string raw = sink.raw();
  for (const auto line : absl::StrSplit(raw, "\r\n")) {
    // RFC 5322 asks for 78; libcurl writes a type and its boundary in one line.
    if (!absl::StartsWith(line, "Content-Type: multipart/")) CHECK(line.size() <= 78);
    for (const char c : line) CHECK((c >= ' ' && c <= '~'));
  }
  for (const char* line :
       {"Mime-Version: 1.0", "Content-Type: multipart/mixed; boundary=",
        "Content-Type: multipart/alternative; boundary=", "Content-Type: text/plain; charset=utf-8",
        "Content-Type: text/html; charset=utf-8",
        "Content-Disposition: attachment; filename=\"certificate.pdf\""}) {
    INFO(raw);
    CHECK(absl::StrContains("\r\n" + raw, std::string("\r\n") + line));
  }
}

TEST_CASE("nothing reaches the server of a mail that tries to add headers or commands") {
  TempMailSink sink;
  SmtpMailer mailer(sink.options(), FixedClock());
  for (const char* more :
       {"\r\nBcc: all@example.jp", "\nBcc: all@example.jp", "\r\n.\r\nMAIL FROM:<x@example.jp>"}) {
    Mail to = ExampleMail();
    to.to += more;
    Mail subject = ExampleMail();
    subject.subject += more;
    Mail file = ExampleMail();
    file.attachments = {{std::string("a.pdf") + more, "application/pdf", "x"}};
    for (const Mail& mail : {to, subject, file})
      CHECK(absl::IsInvalidArgument(mailer.Send(mail, kMailId)));
  }
  CHECK(absl::IsInvalidArgument(mailer.Send(ExampleMail(), "id\r\nBcc: all@example.jp")));
  CHECK(sink.messages().empty());
}

TEST_CASE("a body that looks like SMTP or MIME stays a body") {
  TempMailSink sink;
  SmtpMailer mailer(sink.options(), FixedClock());
  Mail mail = ExampleMail();
  mail.text = "From me\n.\n..\nQUIT\n--boundary\nContent-Type: text/html\n\n=?UTF-8?B?QQ==?=\n";

  REQUIRE(mailer.Send(mail, kMailId).ok());

  CHECK(absl::StartsWith(sink.messages().at(0).at("text").get<std::string>(), mail.text));
}

TEST_CASE("an address that phone carriers gave out against the rules gets its mail") {
  TempMailSink sink;
  SmtpMailer mailer(sink.options(), FixedClock());
  Mail mail = ExampleMail();
  mail.to = "a..b.@docomo.ne.jp";

  REQUIRE(mailer.Send(mail, kMailId).ToString() == "OK");

  CHECK(absl::StrContains(sink.raw(), "\r\nTo: <\"a..b.\"@docomo.ne.jp>\r\n"));
}

TEST_CASE("each refusal is told by whose fault it is, and the next mail goes through") {
  TempMailSink sink;
  SmtpMailer mailer(sink.options(), FixedClock());
  struct Case {
    nlohmann::json fault;
    std::string reason;
  };
  for (const Case& each : {
           Case{{{"kind", "reject"}}, "MAIL_REFUSED"},
           Case{{{"kind", "reject"}, {"at", "rcpt"}}, "MAIL_REFUSED"},
           Case{{{"kind", "reject"}, {"at", "mail"}}, "MAIL_SERVER_REFUSES_US"},
           Case{{{"kind", "defer"}}, "MAIL_DEFERRED"},
           Case{{{"kind", "defer"}, {"at", "rcpt"}}, "MAIL_DEFERRED"},
           Case{{{"kind", "defer"}, {"at", "mail"}}, "MAIL_SERVER_REFUSES_US"},
           Case{{{"kind", "drop"}}, "MAIL_SERVER_UNREACHABLE"},
           Case{{{"kind", "drop"}, {"at", "rcpt"}}, "MAIL_SERVER_UNREACHABLE"},
           Case{{{"kind", "drop-after-accept"}}, "MAIL_SERVER_UNREACHABLE"},
       }) {
    INFO(each.fault.dump());
    sink.AddFault(each.fault);
    CHECK(ReasonOfSend(mailer) == each.reason);
    CHECK(ReasonOfSend(mailer).empty());
  }
}

TEST_CASE("a server that greets with a refusal refuses us") {
  TempMailSink sink;
  SmtpMailer mailer(sink.options(), FixedClock());
  sink.AddFault({{"kind", "reject"}, {"at", "connect"}, {"code", 554}});
  CHECK(ReasonOfSend(mailer) == "MAIL_SERVER_REFUSES_US");
  CHECK(ReasonOfSend(mailer).empty());
}

TEST_CASE("a server that is gone is unreachable, and used again when it is back") {
  TempMailSink sink;
  SmtpMailer mailer(sink.options(), FixedClock());
  REQUIRE(ReasonOfSend(mailer).empty());
  sink.Kill();
  CHECK(ReasonOfSend(mailer) == "MAIL_SERVER_UNREACHABLE");
  CHECK(ReasonOfSend(mailer) == "MAIL_SERVER_UNREACHABLE");
  sink.Start();
  CHECK(ReasonOfSend(mailer).empty());
  // The connection that is kept now is one of a server that restarts between two mails.
  sink.Kill();
  sink.Start();
  CHECK(ReasonOfSend(mailer).empty());
  CHECK(sink.messages().size() == 3);
}

TEST_CASE("a server that is too slow is given up, one that is only slow is not") {
  TempMailSink sink;
  auto options = sink.options();
  options.total_timeout = absl::Seconds(2);
  SmtpMailer mailer(options, FixedClock());

  sink.AddFault({{"kind", "delay"}, {"ms", 500}});
  CHECK(ReasonOfSend(mailer).empty());
  sink.AddFault({{"kind", "delay"}, {"ms", 10'000}, {"at", "rcpt"}});
  const absl::Time start = absl::Now();
  CHECK(ReasonOfSend(mailer) == "MAIL_SERVER_UNREACHABLE");
  CHECK(absl::Now() - start < absl::Seconds(8));
}

TEST_CASE("what is being sent ends soon when it is abandoned, and nothing more begins") {
  TempMailSink sink;
  SmtpMailer mailer(sink.options(), FixedClock());
  sink.AddFault({{"kind", "delay"}, {"ms", 15'000}, {"at", "rcpt"}});
  std::string reason;
  const absl::Time start = absl::Now();
  std::thread sender([&] { reason = ReasonOfSend(mailer); });
  absl::SleepFor(absl::Milliseconds(300));

  mailer.Abandon();

  sender.join();
  CHECK(reason == "MAIL_SERVER_UNREACHABLE");
  CHECK(absl::Now() - start < absl::Seconds(8));
  CHECK(ReasonOfSend(mailer) == "MAIL_SERVER_UNREACHABLE");
}

TEST_CASE("mail goes by TLS, after STARTTLS or from the first byte, with who we are") {
  for (const auto tls : {TempMailSink::Tls::kStartTls, TempMailSink::Tls::kImplicit}) {
    TempMailSink sink(tls);
    auto options = sink.options();
    options.username = "oshirase";
    options.password = "secret";
    SmtpMailer mailer(options, FixedClock());

    REQUIRE(mailer.Send(ExampleMail(), kMailId).ToString() == "OK");

    CHECK(sink.messages().at(0).at("tls") == true);
    CHECK(sink.messages().at(0).at("user") == "oshirase");
    sink.AddFault({{"kind", "reject"}, {"at", "auth"}, {"code", 535}});
    SmtpMailer newcomer(options, FixedClock());
    CHECK(ReasonOfSend(newcomer) == "MAIL_SERVER_REFUSES_US");
  }
}

TEST_CASE("without the TLS it needs, or with a stranger's certificate, nothing is sent") {
  TempMailSink plain;
  TempMailSink sink(TempMailSink::Tls::kStartTls);
  TempMailSink stranger(TempMailSink::Tls::kStartTls);

  auto options = plain.options();
  options.ca_file = sink.options().ca_file;
  SmtpMailer without_tls(options, FixedClock());
  CHECK(ReasonOfSend(without_tls) == "MAIL_SERVER_UNREACHABLE");

  options = sink.options();
  options.ca_file = stranger.options().ca_file;
  SmtpMailer with_stranger(options, FixedClock());
  CHECK(ReasonOfSend(with_stranger) == "MAIL_SERVER_UNREACHABLE");

  CHECK(plain.messages().empty());
  CHECK(sink.messages().empty());
}

TEST_CASE("several threads send at once over connections of their own") {
  TempMailSink sink;
  SmtpMailer mailer(sink.options(), FixedClock());
  std::vector<std::thread> threads;
  std::atomic<int> sent = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 10; ++j) sent += mailer.Send(ExampleMail(), ids::NewUuid()).ok() ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(sent == 40);
  CHECK(sink.messages().size() == 40);
}

}  // namespace
}  // namespace oshirase::registry
