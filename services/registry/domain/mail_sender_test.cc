#include "services/registry/domain/mail_sender.h"

#include <catch2/catch.hpp>

#include "common/log/testing/captured_log.h"
#include "services/registry/domain/mail_errors.h"
#include "services/registry/testing/mail_scene.h"

namespace oshirase::registry {
namespace {

using Outcome = MailEnd::Outcome;
using Server = MailSender::Server;

TEST_CASE("a letter is sent with its documents under its own id") {
  MailScene scene;
  const OutboxMail mail = scene.Put(MailScene::Certificate());

  const auto attempt = scene.sender.Send(scene.Claim());

  CHECK(attempt.end.outcome == Outcome::kSent);
  CHECK(attempt.server == Server::kUsable);
  REQUIRE(scene.mailer.taken().size() == 1);
  const auto [mail_id, sent] = scene.mailer.taken()[0];
  CHECK(mail_id == mail.mail_id);
  CHECK(sent.to == "owner@example.jp");
  CHECK(sent.text.find("venue_name=髙﨑屋 𠮷田店") != std::string::npos);
  REQUIRE(sent.attachments.size() == 1);
  CHECK(sent.attachments[0].bytes == "certificate AB12-CD34-EF56-G v2");
}

TEST_CASE("what the mail server says decides between again, never, and trouble with the server") {
  struct Case {
    absl::Status status;
    Outcome outcome;
    Server server;
  };
  for (const Case& each : {
           Case{MailDeferred(451), Outcome::kRetry, Server::kUsable},
           Case{MailRefused(550), Outcome::kFailed, Server::kUsable},
           Case{MailInvalid("subject"), Outcome::kFailed, Server::kUsable},
           Case{MailServerUnreachable("no answer"), Outcome::kRetry, Server::kInTrouble},
           Case{MailServerRefusesUs(535), Outcome::kRetry, Server::kInTrouble},
       }) {
    INFO(each.status);
    MailScene scene;
    scene.Put(MailScene::Certificate());
    scene.mailer.FailNext(each.status);

    const auto attempt = scene.sender.Send(scene.Claim());

    CHECK(attempt.end.outcome == each.outcome);
    CHECK(attempt.end.reason == ReasonOf(each.status));
    CHECK(attempt.server == each.server);
    CHECK(scene.observer.seen().reasons == std::vector{ReasonOf(each.status)});
  }
}

TEST_CASE("a document that is late is waited for, one that will never be is not") {
  MailScene scene;
  scene.Put(MailScene::Certificate());
  scene.documents.FailNext(absl::InternalError("no memory"));
  scene.documents.FailNext(absl::NotFoundError("withdrawn"));
  const ClaimedMail claimed = scene.Claim();

  const auto first = scene.sender.Send(claimed);
  const auto second = scene.sender.Send(claimed);

  CHECK(first.end.outcome == Outcome::kRetry);
  CHECK(first.end.reason == "INTERNAL");
  CHECK(first.server == Server::kNotAsked);
  CHECK(second.end.outcome == Outcome::kFailed);
  CHECK(scene.mailer.calls() == 0);
}

TEST_CASE("a letter that cannot be put into words is not sent") {
  MailScene scene;
  scene.Put(MailScene::Certificate());
  scene.texts.FailNext(LetterInvalid("venue_name"));
  CHECK(scene.sender.Send(scene.Claim()).end.outcome == Outcome::kFailed);
  CHECK(scene.mailer.calls() == 0);
}

TEST_CASE("a link that has ended is not sent any more") {
  MailScene scene;
  scene.Put(scene.Link());
  scene.Advance(absl::Minutes(30));

  const auto attempt = scene.sender.Send(scene.Claim());

  CHECK(attempt.end.outcome == Outcome::kExpired);
  CHECK(scene.mailer.calls() == 0);
}

TEST_CASE("a mail whose day's key has ended is expired, one whose key is away waits") {
  MailScene scene;
  const OutboxMail mail = scene.Put(MailScene::Certificate());
  const ClaimedMail claimed = scene.Claim();
  MailScene restarted;
  restarted.key_book.FailNext(absl::UnavailableError("down"));
  CHECK(restarted.sender.Send(claimed).end.outcome == Outcome::kRetry);

  REQUIRE(scene.keys.DestroyThrough(DayOf(mail.create_time)).status.ok());
  CHECK(scene.sender.Send(claimed).end.outcome == Outcome::kExpired);
}

TEST_CASE("the wait doubles from ten seconds to a quarter of an hour, and is shorter for links") {
  const absl::Duration days = absl::Hours(72);
  CHECK(MailBackoff(1, days, 0) == absl::Seconds(10));
  CHECK(MailBackoff(2, days, 0) == absl::Seconds(20));
  CHECK(MailBackoff(2, days, 0.5) == absl::Seconds(15));
  CHECK(MailBackoff(7, days, 0) == absl::Seconds(640));
  CHECK(MailBackoff(8, days, 0) == absl::Minutes(15));
  CHECK(MailBackoff(1000, days, 0) == absl::Minutes(15));
  CHECK(MailBackoff(1000, absl::Minutes(30), 0) == absl::Minutes(3));
  CHECK(MailBackoff(1000, absl::ZeroDuration(), 0) == absl::Seconds(10));
}

TEST_CASE("a mail waits for a server in trouble two minutes at most, however often it was tried") {
  MailScene scene;
  scene.Put(MailScene::Certificate());
  ClaimedMail claimed = scene.Claim();
  claimed.attempts = 100;
  scene.mailer.FailNext(MailServerUnreachable("no answer"));
  scene.mailer.FailNext(MailDeferred(451));

  CHECK(scene.sender.Send(claimed).end.retry_time == scene.clock() + absl::Minutes(2));
  CHECK(scene.sender.Send(claimed).end.retry_time == scene.clock() + absl::Minutes(15));
}

TEST_CASE("a mail is not put off beyond its end") {
  MailScene scene;
  const OutboxMail mail = scene.Put(scene.Link());
  scene.Advance(absl::Minutes(30) - absl::Seconds(3));
  scene.mailer.FailNext(MailDeferred(451));

  CHECK(scene.sender.Send(scene.Claim()).end.retry_time == mail.expire_time);
}

TEST_CASE("no address, link or name is logged") {
  const CapturedLog log;
  MailScene scene;
  scene.Put(scene.Link());
  scene.mailer.FailNext(MailRefused(550));

  scene.sender.Send(scene.Claim());

  CHECK(log.text().find("MAIL_REFUSED") != std::string::npos);
  for (const char* secret : {"owner", "example.jp", "secret"})
    CHECK(log.text().find(secret) == std::string::npos);
}

}  // namespace
}  // namespace oshirase::registry
