// Exactly one effect, against a LINE that does its worst.
#include "services/notifier/domain/batch_sender.h"

#include <catch2/catch.hpp>
#include <set>

#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

const absl::Time kNoon = TestNoon();

// A case at venue 1 whose exposure covers every visit of VisitAll().
std::vector<Exposure> TheExposure(Scene& scene) {
  return {scene.MakeExposure(1, kNoon - absl::Hours(3), kNoon - absl::Hours(2))};
}

void VisitAll(Scene& scene, int people) {
  for (int person = 1; person <= people; ++person) {
    scene.Visit(person, 1, kNoon - absl::Hours(3) + absl::Seconds(person));
  }
}

// A case with `people` recipients, approved and opened, nothing sent yet.
std::string OpenedCase(Scene& scene, int people) {
  VisitAll(scene, people);
  const auto case_id = scene.SubmitAndApprove(TheExposure(scene));
  scene.OpenApproved();
  return case_id;
}

void CheckEveryoneOnce(Scene& scene, int people) {
  const auto delivered = scene.line.delivered();
  CHECK(delivered.size() == static_cast<size_t>(people));
  for (const auto& [user, count] : delivered) CHECK(count == 1);
  CHECK(scene.line.changed_bodies().empty());
}

TEST_CASE("an approved case reaches everyone who was there, once") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 3);

  scene.RunAll();

  CHECK(scene.Read(case_id).state == CaseState::kSent);
  CHECK(scene.Read(case_id).counts == Counts{.accepted = 3});
  CheckEveryoneOnce(scene, 3);
}

TEST_CASE("batches hold 500 people at most, each with a retry key of its own") {
  Scene scene;
  OpenedCase(scene, 1201);

  scene.RunAll();

  const auto calls = scene.line.calls();
  REQUIRE(calls.size() == 3);
  std::set<std::string> keys;
  for (const auto& call : calls) keys.insert(call.retry_key);
  CHECK(keys.size() == 3);
  CheckEveryoneOnce(scene, 1201);
}

struct HostileRow {
  const char* name;
  LineBehaviour behaviour;
};

TEST_CASE("whatever LINE answers first, everyone gets the message once and with the same bytes") {
  const std::vector<HostileRow> table = {
      {"500 not accepted", {Answered(500), false}},
      {"500 accepted", {Answered(500), true}},
      {"503 accepted", {Answered(503), true}},
      {"timeout before acceptance", {NoAnswer(), false}},
      {"reset after acceptance", {NoAnswer(), true}},
      {"no connection", {NotSent(), false}},
      {"429 rate", {Answered(429, kRateLimitText), false}},
      {"429 of no known kind", {Answered(429, "slow down"), false}},
      {"409", {Answered(409), true}},
  };
  for (const HostileRow& row : table) {
    INFO(row.name);
    Scene scene;
    const auto case_id = OpenedCase(scene, 5);
    scene.line.Script({row.behaviour, row.behaviour});

    scene.RunAll();

    CHECK(scene.Read(case_id).state == CaseState::kSent);
    CheckEveryoneOnce(scene, 5);
  }
}

TEST_CASE("an answer that blames the account stops the case and leaves its batches") {
  for (const auto& [answer, reason] :
       {std::pair{Answered(401), kPausedUnauthorized},
        std::pair{Answered(403), kPausedUnauthorized},
        std::pair{Answered(429, kMonthlyLimitText), kPausedMonthlyLimit},
        std::pair{Answered(404), kPausedUnexpected}}) {
    INFO(answer.status);
    Scene scene;
    const auto case_id = OpenedCase(scene, 5);
    scene.line.Script({{answer, false}});

    scene.RunAll();

    const Case stopped = scene.Read(case_id);
    CHECK(stopped.state == CaseState::kPaused);
    CHECK(stopped.pause_reason == reason);
    CHECK(stopped.counts.pending == 5);
    CHECK(scene.line.calls().size() == 1);
    CHECK(scene.observer.paused == std::vector<std::string>{reason});

    REQUIRE_OK(scene.process().decisions.Resume("officer-a", case_id));
    scene.RunAll();
    CHECK(scene.Read(case_id).state == CaseState::kSent);
    CheckEveryoneOnce(scene, 5);
    CHECK(scene.line.calls()[0].retry_key == scene.line.calls()[1].retry_key);
  }
}

TEST_CASE("a token that was replaced while a case is sent stops nothing") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 5);
  LineAnswer refused = Answered(401);
  refused.token_replaced = true;
  scene.line.Script({{refused, false}});

  scene.RunAll();

  CHECK(scene.Read(case_id).state == CaseState::kSent);
  CHECK(scene.observer.paused.empty());
  CheckEveryoneOnce(scene, 5);
}

TEST_CASE("one bad id costs one person, however big the batch") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 100);
  scene.line.Refuse(TestUserId(37));

  scene.RunAll();

  const Case ended = scene.Read(case_id);
  CHECK(ended.state == CaseState::kPartial);
  CHECK(ended.counts == Counts{.accepted = 99, .failed = 1});
  CHECK(scene.line.delivered().count(TestUserId(37)) == 0);
  for (const auto& [user, count] : scene.line.delivered()) CHECK(count == 1);
}

TEST_CASE("when both halves of a batch are refused alike the case stops") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 100);
  scene.line.Script({{Answered(400), false}, {Answered(400), false}, {Answered(400), false}});

  scene.RunAll();

  CHECK(scene.Read(case_id).state == CaseState::kPaused);
  CHECK(scene.Read(case_id).pause_reason == kPausedRefused);
  CHECK(scene.line.calls().size() == 3);
  CHECK(scene.line.delivered().empty());
}

TEST_CASE("a refusal after an attempt in doubt is not bisected: somebody may have it already") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 5);
  scene.line.Script({{Answered(500), true}, {Answered(400), false}});

  scene.RunAll();

  const Case ended = scene.Read(case_id);
  CHECK(ended.counts == Counts{.unknown = 5});
  CHECK(ended.state == CaseState::kPaused);
  CHECK(ended.pause_reason == kPausedNothingAccepted);
  CheckEveryoneOnce(scene, 5);
}

TEST_CASE("no attempt comes later than 23 hours after the first") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 5);
  const absl::Time begin = scene.now();
  std::vector<LineBehaviour> silence(5000, {NoAnswer(), false});
  scene.line.Script(silence);
  absl::Time last = begin;
  scene.line.OnMulticast([&] { last = scene.now(); });

  scene.RunAll(absl::Hours(30));

  CHECK(last - begin < absl::Hours(23));
  CHECK(last - begin > absl::Hours(22));
  CHECK(scene.Read(case_id).counts == Counts{.unknown = 5});
}

TEST_CASE("a clock set back does not lengthen the 23 hours of a process that lives") {
  Scene scene;
  OpenedCase(scene, 5);
  scene.line.Script({{NoAnswer(), true}});
  scene.SendDue();
  scene.Advance(absl::Hours(23));
  scene.SetClock(kNoon + absl::Minutes(5));

  scene.RunAll(absl::Minutes(10));

  CHECK(scene.line.calls().size() == 1);
}

TEST_CASE("a person decides about a batch in doubt: again under a new key, or not at all") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 5);
  scene.line.Script({{Answered(500), false}, {Answered(400), false}});
  scene.RunAll();

  SECTION("again") {
    REQUIRE_OK(scene.process().decisions.Settle("officer-a", case_id, Settlement::kResend));
    scene.RunAll();

    CHECK(scene.Read(case_id).state == CaseState::kSent);
    CHECK(scene.line.calls()[2].retry_key != scene.line.calls()[1].retry_key);
    CheckEveryoneOnce(scene, 5);
  }

  SECTION("not at all") {
    REQUIRE_OK(scene.process().decisions.Settle("officer-a", case_id, Settlement::kGiveUp));
    scene.RunAll();

    CHECK(scene.Read(case_id).state == CaseState::kCancelled);
    CHECK(scene.line.calls().size() == 2);
    CHECK_CODE(scene.process().decisions.Settle("officer-a", case_id, Settlement::kGiveUp),
               absl::StatusCode::kFailedPrecondition);
  }
}

TEST_CASE("recipients are blanked once LINE has them") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 5);
  CHECK_FALSE(scene.Batches(case_id).front().content.sealed_recipients.empty());

  scene.RunAll();

  CHECK(scene.Batches(case_id).front().content.sealed_recipients.empty());
}

TEST_CASE("a batch whose bytes are not those that were planned is not sent") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 5);
  {
    absl::MutexLock lock(&scene.db.mu);
    scene.db.cases.at(case_id).file.messages.front().line_messages_json = "[{\"type\":\"text\"}]";
  }

  scene.SendDue();

  CHECK(scene.line.calls().empty());
  CHECK(scene.Read(case_id).state == CaseState::kPaused);
  CHECK(scene.Read(case_id).pause_reason == kPausedUnreadable);
}

TEST_CASE("without the suppression key nothing is sent, because nobody knows who left") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 5);
  scene.key_store.Lose({keyring::kSuppressionKey, keyring::kCurrent});
  scene.RestartProcess();

  scene.SendDue();

  CHECK(scene.line.calls().empty());
  CHECK(scene.Read(case_id).pause_reason == keyring::kKeyLost);
}

TEST_CASE("a database that blinks at the end of an attempt costs nothing") {
  Scene scene;
  const auto case_id = OpenedCase(scene, 5);
  scene.line.OnMulticast([&] { scene.db.FailNext(absl::UnavailableError("blink")); });

  scene.SendDue();

  CHECK(scene.Read(case_id).counts == Counts{.accepted = 5});
}

}  // namespace
}  // namespace oshirase::notifier
