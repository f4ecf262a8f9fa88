// From the transaction to the mailbox: the real outbox, dispatcher, words and SMTP.
#include <catch2/catch.hpp>
#include <functional>
#include <memory>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "common/log/testing/captured_log.h"
#include "services/registry/domain/mail_dispatcher.h"
#include "services/registry/mail/mail_metrics.h"
#include "services/registry/mail/mustache_mail_texts.h"
#include "services/registry/mail/smtp_mailer.h"
#include "services/registry/store/postgres_mail_outbox.h"
#include "services/registry/testing/mail_scene.h"
#include "services/registry/testing/temp_mail_sink.h"
#include "tests/support/temp_database.h"

namespace oshirase::registry {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(40);

bool Eventually(const std::function<bool()>& holds) {
  const absl::Time end = absl::Now() + kPatience;
  while (!holds()) {
    if (absl::Now() > end) return false;
    absl::SleepFor(absl::Milliseconds(20));
  }
  return true;
}

// One process's worth of sending.
struct Post {
  Post(postgres::Pool& pool, MailScene& scene, const SmtpOptions& smtp)
      : outbox(pool),
        mailer(smtp, scene.clock),
        sender({.sealer = scene.sealer,
                .texts = texts,
                .documents = documents,
                .mailer = mailer,
                .observer = counted,
                .clock = scene.clock,
                .random = [] { return 0.0; }}),
        dispatcher({.outbox = outbox,
                    .sender = sender,
                    .mailer = mailer,
                    .observer = counted,
                    .clock = scene.clock},
                   {.longest_sleep = absl::Milliseconds(50),
                    .first_pause = absl::Milliseconds(50),
                    .longest_pause = absl::Milliseconds(100),
                    .measure_every = absl::Milliseconds(50)}) {}

  Metrics metrics;
  MailMetrics counted{metrics};
  PostgresMailOutbox outbox;
  MustacheMailTexts texts{{.prefecture_name = "神奈川県",
                           .contact_phone = "0570-000-000",
                           .enquiry_url = "https://oshirase.example.jp/enquiry"}};
  FakeAttachmentSource documents;
  SmtpMailer mailer;
  MailSender sender;
  MailDispatcher dispatcher;
};

struct World {
  TempMailSink sink;
  testing::TempDatabase database;
  postgres::Pool pool{{.url = database.Url("oshirase_registry"), .size = 8}};
  MailScene scene;

  std::unique_ptr<Post> NewPost() { return std::make_unique<Post>(pool, scene, sink.options()); }

  void Put(const Letter& letter) {
    PostgresMailOutbox outbox(pool);
    REQUIRE(outbox.Enqueue(scene.sealer.Seal(letter).value()).ok());
  }

  std::string CountOf(const std::string& state) {
    return database.Query("SELECT count(*) FROM registry.mail_outbox WHERE state = '" + state +
                          "'");
  }
};

TEST_CASE("a certificate goes from the outbox to the mailbox, in words and with its document") {
  World world;
  const auto post = world.NewPost();
  post->dispatcher.Start();

  world.Put(MailScene::Certificate());
  post->dispatcher.Wake();

  REQUIRE(Eventually([&] { return world.CountOf("SENT") == "1"; }));
  const auto mail = world.sink.messages().at(0);
  CHECK(mail.at("subject") == "【神奈川県】感染防止対策取組書を発行しました（AB12-CD34-EF56-G）");
  CHECK(absl::StrContains(mail.at("text").get<std::string>(), "施設の名前: 髙﨑屋 𠮷田店\n"));
  CHECK(mail.at("attachments").at(0).at("filename") == "certificate.pdf");
  CHECK(mail.at("headers").at("auto-submitted") == "auto-generated");
}

TEST_CASE(
    "while the mail server is down nothing is lost, and each mail is sent once when it is back") {
  World world;
  world.sink.Kill();
  for (int i = 0; i < 5; ++i) world.Put(MailScene::Certificate());
  const auto post = world.NewPost();
  post->dispatcher.Start();
  REQUIRE(Eventually([&] {
    return absl::StrContains(post->metrics.Text(), "oshirase_registry_mail_server_usable 0");
  }));

  world.sink.Start();
  world.scene.Advance(absl::Minutes(3));

  REQUIRE(Eventually([&] { return world.CountOf("SENT") == "5"; }));
  CHECK(world.sink.messages().size() == 5);
  CHECK(Eventually([&] {
    return absl::StrContains(post->metrics.Text(), "oshirase_registry_mail_server_usable 1");
  }));
}

TEST_CASE("a mail put off is sent later, a refused one never, and neither holds up the others") {
  World world;
  world.sink.AddFault({{"kind", "defer"}, {"to", "later@example.jp"}});
  world.sink.AddFault({{"kind", "reject"}, {"at", "rcpt"}, {"to", "nobody@example.jp"}});
  for (const char* to : {"later@example.jp", "nobody@example.jp", "owner@example.jp"}) {
    Letter letter = MailScene::Certificate();
    letter.to = to;
    world.Put(letter);
  }
  const auto post = world.NewPost();
  post->dispatcher.Start();

  REQUIRE(
      Eventually([&] { return world.CountOf("SENT") == "1" && world.CountOf("FAILED") == "1"; }));
  CHECK(
      world.database.Query("SELECT last_reason FROM registry.mail_outbox WHERE state = 'FAILED'") ==
      "MAIL_REFUSED");
  world.scene.Advance(absl::Minutes(1));

  REQUIRE(Eventually([&] { return world.CountOf("SENT") == "2"; }));
  CHECK(world.sink.messages().size() == 2);
}

TEST_CASE("two processes that send at once send each mail once") {
  World world;
  for (int i = 0; i < 30; ++i) world.Put(MailScene::Certificate());
  const auto one = world.NewPost();
  const auto two = world.NewPost();
  one->dispatcher.Start();
  two->dispatcher.Start();

  REQUIRE(Eventually([&] { return world.CountOf("SENT") == "30"; }));
  CHECK(world.sink.messages().size() == 30);
}

TEST_CASE("a process that dies between the server's yes and its note sends the same mail again") {
  World world;
  world.Put(MailScene::Certificate());
  const auto dead = world.NewPost();
  const auto claimed = dead->outbox.Claim({.now = world.scene.clock(), .lease = absl::Minutes(5)});
  REQUIRE(dead->sender.Send(claimed->at(0)).end.outcome == MailEnd::Outcome::kSent);

  world.scene.Advance(absl::Minutes(5));
  const auto post = world.NewPost();
  post->dispatcher.Start();

  REQUIRE(Eventually([&] { return world.CountOf("SENT") == "1"; }));
  const auto messages = world.sink.messages();
  REQUIRE(messages.size() == 2);
  // By which a reader sees that it is the same.
  CHECK(messages[0].at("headers").at("message-id") == messages[1].at("headers").at("message-id"));
}

TEST_CASE("a lost answer means the same mail again under the same Message-ID") {
  World world;
  world.sink.AddFault({{"kind", "drop-after-accept"}});
  world.Put(MailScene::Certificate());
  const auto post = world.NewPost();
  post->dispatcher.Start();
  REQUIRE(Eventually([&] { return world.sink.messages().size() == 1; }));

  REQUIRE(Eventually([&] {
    world.scene.Advance(absl::Minutes(1));
    return world.CountOf("SENT") == "1";
  }));
  const auto messages = world.sink.messages();
  REQUIRE(messages.size() == 2);
  CHECK(messages[0].at("headers").at("message-id") == messages[1].at("headers").at("message-id"));
}

TEST_CASE("a link that ended while the server was down is not sent when it is back") {
  World world;
  world.sink.Kill();
  world.Put(world.scene.Link());
  const auto post = world.NewPost();
  post->dispatcher.Start();
  REQUIRE(Eventually([&] {
    return absl::StrContains(post->metrics.Text(), "oshirase_registry_mail_server_usable 0");
  }));
  world.scene.Advance(absl::Minutes(31));
  world.sink.Start();

  REQUIRE(Eventually([&] { return world.CountOf("EXPIRED") == "1"; }));
  CHECK(world.sink.messages().empty());
  CHECK(absl::StrContains(post->metrics.Text(), "outcome=\"expired\"} 1"));
}

TEST_CASE("no address or link is logged or counted, whatever happens") {
  const CapturedLog log;
  World world;
  world.sink.AddFault({{"kind", "reject"}});
  world.sink.AddFault({{"kind", "defer"}, {"at", "rcpt"}});
  const auto post = world.NewPost();
  post->dispatcher.Start();
  for (int i = 0; i < 3; ++i) world.Put(world.scene.Link());

  REQUIRE(
      Eventually([&] { return world.CountOf("FAILED") == "1" && world.CountOf("SENT") == "1"; }));
  post->dispatcher.Stop();
  const std::string reasons =
      world.database.Query("SELECT string_agg(m::text, ' ') FROM registry.mail_outbox m");
  for (const char* secret : {"owner", "example", "/u/secret"}) {
    CHECK_FALSE(absl::StrContains(log.text(), secret));
    CHECK_FALSE(absl::StrContains(post->metrics.Text(), secret));
    CHECK_FALSE(absl::StrContains(reasons, secret));
  }
}

}  // namespace
}  // namespace oshirase::registry
