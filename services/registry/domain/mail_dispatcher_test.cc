#include "services/registry/domain/mail_dispatcher.h"

#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "services/registry/domain/mail_errors.h"
#include "services/registry/testing/mail_scene.h"

namespace oshirase::registry {
namespace {

using State = FakeMailOutbox::State;

// Patience with a busy machine; nothing waits that long when it works.
constexpr absl::Duration kPatience = absl::Seconds(20);

bool Eventually(const std::function<bool()>& holds) {
  const absl::Time end = absl::Now() + kPatience;
  while (!holds()) {
    if (absl::Now() > end) return false;
    absl::SleepFor(absl::Milliseconds(1));
  }
  return true;
}

MailDispatcherOptions Quick() {
  return {.longest_sleep = absl::Milliseconds(5),
          .first_pause = absl::Milliseconds(1),
          .longest_pause = absl::Milliseconds(4),
          .measure_every = absl::Milliseconds(5),
          .stop_grace = absl::Milliseconds(50)};
}

MailDispatcher::Parts PartsOf(MailScene& scene) {
  return {.outbox = scene.outbox,
          .sender = scene.sender,
          .mailer = scene.mailer,
          .observer = scene.observer,
          .clock = scene.clock};
}

size_t CountOf(const MailScene& scene, State state) {
  size_t count = 0;
  for (const auto& row : scene.outbox.rows()) count += row.state == state ? 1 : 0;
  return count;
}

TEST_CASE("what is in the outbox is sent once and then blank") {
  MailScene scene;
  for (int i = 0; i < 20; ++i) scene.Put(MailScene::Certificate());
  MailDispatcher dispatcher(PartsOf(scene), Quick());
  dispatcher.Start();

  REQUIRE(Eventually([&] { return CountOf(scene, State::kSent) == 20; }));

  dispatcher.Stop();
  std::set<std::string> ids;
  for (const auto& [id, mail] : scene.mailer.taken()) ids.insert(id);
  CHECK(ids.size() == 20);
  CHECK(scene.mailer.calls() == 20);
  for (const auto& row : scene.outbox.rows()) CHECK(row.mail.sealed_letter.empty());
}

TEST_CASE("a mail put in while everybody sleeps is sent at once when they are woken") {
  MailScene scene;
  auto options = Quick();
  options.longest_sleep = absl::Hours(1);
  MailDispatcher dispatcher(PartsOf(scene), options);
  dispatcher.Start();
  REQUIRE(Eventually([&] { return scene.observer.seen().measured > 1; }));

  scene.Put(MailScene::Certificate());
  dispatcher.Wake();

  CHECK(Eventually([&] { return CountOf(scene, State::kSent) == 1; }));
}

TEST_CASE("two dispatchers at once send each mail once") {
  MailScene scene;
  for (int i = 0; i < 50; ++i) scene.Put(MailScene::Certificate());
  MailDispatcher one(PartsOf(scene), Quick());
  MailDispatcher two(PartsOf(scene), Quick());
  one.Start();
  two.Start();

  CHECK(Eventually([&] { return CountOf(scene, State::kSent) == 50; }));

  CHECK(scene.mailer.calls() == 50);
}

TEST_CASE(
    "while the server is in trouble one mail at a time is tried and the rest wait untouched") {
  MailScene scene;
  auto options = Quick();
  options.first_pause = options.longest_pause = absl::Hours(1);
  options.workers = 1;
  for (int i = 0; i < 5; ++i) scene.Put(MailScene::Certificate());
  scene.mailer.FailNext(MailServerUnreachable("no answer"));
  MailDispatcher dispatcher(PartsOf(scene), options);
  dispatcher.Start();

  REQUIRE(Eventually([&] { return !scene.observer.seen().server.empty(); }));
  dispatcher.Wake();
  dispatcher.Stop();

  CHECK(scene.mailer.calls() == 1);
  CHECK(scene.observer.seen().server == std::vector{false});
  int tried = 0;
  for (const auto& row : scene.outbox.rows()) tried += row.attempts;
  CHECK(tried == 1);
}

TEST_CASE("a server that returns gets everything, the mail that was put off too, each once") {
  MailScene scene;
  for (int i = 0; i < 5; ++i) scene.Put(MailScene::Certificate());
  for (int i = 0; i < 3; ++i) scene.mailer.FailNext(MailServerUnreachable("no answer"));
  MailDispatcher dispatcher(PartsOf(scene), Quick());
  dispatcher.Start();

  REQUIRE(Eventually([&] { return scene.mailer.calls() >= 5; }));
  scene.Advance(absl::Minutes(15));

  CHECK(Eventually([&] { return CountOf(scene, State::kSent) == 5; }));
  CHECK(scene.mailer.taken().size() == 5);
  CHECK(scene.observer.seen().server.back());
}

TEST_CASE("that a mail was sent is noted when the database returns, and it is not sent again") {
  MailScene scene;
  scene.Put(MailScene::Certificate());
  scene.outbox.FailNextEnd(absl::UnavailableError("down"));
  MailDispatcher dispatcher(PartsOf(scene), Quick());
  dispatcher.Start();

  CHECK(Eventually([&] { return scene.outbox.row().state == State::kSent; }));

  CHECK(scene.mailer.calls() == 1);
}

TEST_CASE("a process that dies before noting it sends the same mail again under the same id") {
  MailScene scene;
  const OutboxMail mail = scene.Put(MailScene::Certificate());
  scene.sender.Send(scene.Claim());  // and nothing is noted

  MailDispatcher next_process(PartsOf(scene), Quick());
  next_process.Start();
  REQUIRE(Eventually([&] { return scene.observer.seen().measured > 2; }));
  CHECK(scene.mailer.calls() == 1);
  scene.Advance(absl::Minutes(5));

  REQUIRE(Eventually([&] { return scene.outbox.row().state == State::kSent; }));
  const auto taken = scene.mailer.taken();
  REQUIRE(taken.size() == 2);
  CHECK(taken[0].first == mail.mail_id);
  CHECK(taken[1].first == mail.mail_id);
}

TEST_CASE("a database that is away is asked again") {
  MailScene scene;
  scene.Put(MailScene::Certificate());
  for (int i = 0; i < 6; ++i) scene.outbox.FailNext(absl::UnavailableError("down"));
  MailDispatcher dispatcher(PartsOf(scene), Quick());
  dispatcher.Start();

  CHECK(Eventually([&] { return scene.outbox.row().state == State::kSent; }));
}

TEST_CASE("stopping breaks off what does not end, and that mail comes back with its lease") {
  MailScene scene;
  scene.Put(MailScene::Certificate());
  absl::Notification sending;
  scene.mailer.OnSend([&](const Mail&) {
    if (!sending.HasBeenNotified()) sending.Notify();
    Eventually([&] { return scene.mailer.abandoned(); });
  });
  scene.mailer.FailNext(MailServerUnreachable("abandoned"));
  MailDispatcher dispatcher(PartsOf(scene), Quick());
  dispatcher.Start();
  REQUIRE(sending.WaitForNotificationWithTimeout(kPatience));

  dispatcher.Stop();

  CHECK(scene.outbox.row().state == State::kQueued);
  CHECK(scene.mailer.calls() == 1);
}

TEST_CASE("what waits is measured") {
  MailScene scene;
  scene.Put(MailScene::Certificate());
  auto options = Quick();
  options.workers = 0;
  MailDispatcher dispatcher(PartsOf(scene), options);
  dispatcher.Start();

  REQUIRE(Eventually([&] { return scene.observer.seen().measured > 0; }));
  CHECK(scene.observer.seen().figures.queued.at(MailKind::kCertificateIssued) == 1);
}

TEST_CASE("what was settled a month ago is forgotten") {
  MailScene scene;
  scene.Put(MailScene::Certificate());
  REQUIRE(scene.outbox.End(scene.sender.Send(scene.Claim()).end).ok());
  scene.Advance(absl::Hours(24 * 31));
  MailDispatcher dispatcher(PartsOf(scene), Quick());
  dispatcher.Start();

  CHECK(Eventually([&] { return scene.outbox.rows().empty(); }));
}

}  // namespace
}  // namespace oshirase::registry
