#include "services/gateway/batching/visit_recorder.h"

#include <catch2/catch.hpp>
#include <optional>
#include <thread>

#include "services/gateway/testing/fake_checkin_client.h"

namespace oshirase::gateway {
namespace {

crypto::Tag TagOf(int number) {
  crypto::Tag tag{};
  tag[0] = static_cast<uint8_t>(number);
  tag[1] = static_cast<uint8_t>(number >> 8);
  return tag;
}

struct Fixture {
  FakeCheckinClient checkin;
  Metrics metrics;
  VisitRecorder recorder;
  absl::Mutex mutex;
  std::map<int, absl::StatusOr<VisitResult>> answers;

  explicit Fixture(VisitRecorderOptions options = {}) : recorder(checkin, metrics, options) {}

  // Brings a visit without waiting for anything.
  void Bring(int event, int person = 1, const std::string& venue = "venue",
             absl::Time deadline = absl::Now() + absl::Seconds(5)) {
    CallContext call;
    call.deadline = deadline;
    call.request_id.value = "request " + std::to_string(event);
    recorder.Record(
        {.visit_id = TagOf(event), .day = {}, .venue_id = venue, .inner_seal = "sealed"},
        {.day = {}, .person_tag = TagOf(person), .event_tag = TagOf(event)}, call,
        [this, event](absl::StatusOr<VisitResult> result) {
          const absl::MutexLock lock(&mutex);
          answers.insert_or_assign(event, result);
        });
  }
  // Brings one as a webhook does, and returns with its answer.
  void Record(int event, int person = 1, const std::string& venue = "venue") {
    const VisitRecorder::Gathering together(recorder);
    Bring(event, person, venue);
  }
  absl::StatusOr<VisitResult> Answer(int event) {
    const absl::MutexLock lock(&mutex);
    const auto come = [&] { return answers.contains(event); };
    mutex.Await(absl::Condition(&come));
    return answers.at(event);
  }
};

using Sizes = std::vector<size_t>;
using Ids = std::vector<std::string>;

TEST_CASE("one visit costs one call of each kind, and only the record bears the request id") {
  Fixture fixture;
  fixture.Record(1);

  CHECK(*fixture.answers.at(1) == VisitResult::kRecorded);
  CHECK(fixture.checkin.admit_sizes() == Sizes{1});
  CHECK(fixture.checkin.record_sizes() == Sizes{1});
  CHECK(fixture.checkin.admit_request_ids() == Ids{""});
  CHECK(fixture.checkin.record_request_ids() == Ids{"request 1"});
}

TEST_CASE("what a thread gathers goes in one round, at its end") {
  Fixture fixture;
  {
    const VisitRecorder::Gathering together(fixture.recorder);
    for (int event = 1; event <= 5; ++event) fixture.Bring(event);
    CHECK(fixture.checkin.admit_sizes().empty());
  }
  CHECK(fixture.answers.size() == 5);
  CHECK(fixture.checkin.admit_sizes() == Sizes{5});
  CHECK(fixture.checkin.record_sizes() == Sizes{5});
}

TEST_CASE("a visit that nobody gathers goes by itself") {
  Fixture fixture;
  fixture.Bring(1);

  CHECK(*fixture.Answer(1) == VisitResult::kRecorded);
}

TEST_CASE("what comes during a round goes out in the next, whoever brought it") {
  Fixture fixture;
  fixture.checkin.Hold();
  std::thread first([&] { fixture.Record(1); });
  fixture.checkin.AwaitHeld(1);

  for (int event = 2; event <= 4; ++event) fixture.Record(event);
  fixture.Bring(5);
  CHECK(fixture.checkin.record_sizes() == Sizes{1});
  fixture.checkin.Release();
  first.join();

  for (int event = 1; event <= 5; ++event) CHECK(*fixture.Answer(event) == VisitResult::kRecorded);
  CHECK(fixture.checkin.admit_sizes() == Sizes{1, 4});
  CHECK(fixture.checkin.record_sizes() == Sizes{1, 4});
}

TEST_CASE("whoever brought the first visit does not wait for later rounds") {
  Fixture fixture;
  fixture.checkin.Hold();
  std::thread first([&] { fixture.Record(1); });
  fixture.checkin.AwaitHeld(1);
  fixture.Bring(2);
  fixture.checkin.Release();
  first.join();
  CHECK(fixture.answers.contains(1));
  CHECK(*fixture.Answer(2) == VisitResult::kRecorded);
}

TEST_CASE("no round is larger than the limit, and its record bears its first request id") {
  Fixture fixture({.max_round = 4});
  {
    const VisitRecorder::Gathering together(fixture.recorder);
    for (int event = 1; event <= 10; ++event) fixture.Bring(event);
  }
  for (int event = 1; event <= 10; ++event) CHECK(fixture.Answer(event).ok());
  CHECK(fixture.checkin.record_sizes() == Sizes{4, 4, 2});
  CHECK(fixture.checkin.record_request_ids() == Ids{"request 1", "request 5", "request 9"});
}

TEST_CASE("visits beyond the limit are refused at once, the others go on") {
  Fixture fixture({.max_waiting = 3});
  {
    const VisitRecorder::Gathering together(fixture.recorder);
    for (int event = 1; event <= 5; ++event) fixture.Bring(event);
    CHECK(absl::IsResourceExhausted(fixture.answers.at(4).status()));
    CHECK(absl::IsResourceExhausted(fixture.answers.at(5).status()));
  }
  CHECK(*fixture.answers.at(3) == VisitResult::kRecorded);
  CHECK(fixture.checkin.visits().size() == 3);
}

TEST_CASE("a visit whose time is up before its turn is told so and costs no call") {
  Fixture fixture;
  {
    const VisitRecorder::Gathering together(fixture.recorder);
    fixture.Bring(1, 1, "venue", absl::Now() - absl::Milliseconds(1));
    fixture.Bring(2);
  }
  CHECK(absl::IsDeadlineExceeded(fixture.answers.at(1).status()));
  CHECK(fixture.checkin.record_sizes() == Sizes{1});
}

TEST_CASE("the same event again is recorded, and stored once") {
  Fixture fixture;
  fixture.Record(1);
  fixture.Record(1);

  CHECK(*fixture.answers.at(1) == VisitResult::kRecorded);
  CHECK(fixture.checkin.visits().size() == 1);
}

TEST_CASE("the twenty-first visit of a person and day is not stored, others' are") {
  Fixture fixture;
  for (int event = 1; event <= 20; ++event) fixture.Record(event);
  {
    const VisitRecorder::Gathering together(fixture.recorder);
    fixture.Bring(21);
    for (int event = 22; event <= 30; ++event) fixture.Bring(event, event);
  }
  CHECK(*fixture.answers.at(20) == VisitResult::kRecorded);
  CHECK(*fixture.answers.at(21) == VisitResult::kOverCap);
  for (int event = 22; event <= 30; ++event) {
    CHECK(*fixture.answers.at(event) == VisitResult::kRecorded);
  }
  CHECK(fixture.checkin.visits().size() == 29);
  CHECK_FALSE(fixture.checkin.visits().contains(TagOf(21)));
}

TEST_CASE("a visit is admitted when the cap cannot be asked") {
  Fixture fixture;
  fixture.checkin.FailNextAdmit(absl::UnavailableError("no counter"));
  fixture.Record(1);

  CHECK(*fixture.answers.at(1) == VisitResult::kRecorded);
}

TEST_CASE("a bad visit never fails its neighbours") {
  Fixture fixture;
  fixture.checkin.AnswerVenue("bad", RecordOutcome::kRefused);
  fixture.checkin.AnswerVenue("later", RecordOutcome::kFailed);
  {
    const VisitRecorder::Gathering together(fixture.recorder);
    fixture.Bring(1);
    fixture.Bring(2, 1, "bad");
    fixture.Bring(3, 1, "later");
    fixture.Bring(4);
  }
  CHECK(*fixture.answers.at(1) == VisitResult::kRecorded);
  CHECK(*fixture.answers.at(2) == VisitResult::kRefused);
  CHECK(absl::IsUnavailable(fixture.answers.at(3).status()));
  CHECK(*fixture.answers.at(4) == VisitResult::kRecorded);
  CHECK(fixture.checkin.visits().size() == 2);
}

TEST_CASE("a record call that fails tells so, and the next delivery stores the visit") {
  Fixture fixture;
  fixture.checkin.FailNext(absl::UnavailableError("restarting"));
  fixture.Record(1);
  CHECK(absl::IsUnavailable(fixture.answers.at(1).status()));

  fixture.Record(1);

  CHECK(*fixture.answers.at(1) == VisitResult::kRecorded);
}

TEST_CASE("draining waits for all visits and takes no more") {
  Fixture fixture;
  for (int event = 1; event <= 3; ++event) fixture.Bring(event);

  fixture.recorder.Drain();

  CHECK(fixture.answers.size() == 3);
  fixture.Record(4);
  CHECK(absl::IsResourceExhausted(fixture.answers.at(4).status()));
}

TEST_CASE("visits of many threads at once are each recorded once") {
  Fixture fixture;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const int event = t * 50 + i;
        if (i % 3 == 0) {
          fixture.Bring(event, event);
        } else {
          fixture.Record(event, event);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  fixture.recorder.Drain();

  CHECK(fixture.answers.size() == 400);
  CHECK(fixture.checkin.visits().size() == 400);
}

}  // namespace
}  // namespace oshirase::gateway
