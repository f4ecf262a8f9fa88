#include "services/gateway/batching/visit_recorder.h"

#include <catch2/catch.hpp>
#include <optional>

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
  VisitRecorder recorder{checkin, metrics};
  std::map<int, absl::StatusOr<VisitResult>> answers;

  void Record(int event, int person = 1, const std::string& venue = "venue") {
    CallContext call;
    call.deadline = absl::Now() + absl::Seconds(5);
    call.request_id.value = "request";
    recorder.Record(
        {.visit_id = TagOf(event), .day = {}, .venue_id = venue, .inner_seal = "sealed"},
        {.day = {}, .person_tag = TagOf(person), .event_tag = TagOf(event)}, call,
        [this, event](absl::StatusOr<VisitResult> result) {
          answers.insert_or_assign(event, result);
        });
  }
};

TEST_CASE("one visit costs one call of each kind, and only the record bears the request id") {
  Fixture fixture;
  fixture.Record(1);

  CHECK(*fixture.answers.at(1) == VisitResult::kRecorded);
  CHECK(fixture.checkin.admit_sizes() == std::vector<size_t>{1});
  CHECK(fixture.checkin.record_sizes() == std::vector<size_t>{1});
  CHECK(fixture.checkin.admit_request_ids() == std::vector<std::string>{""});
  CHECK(fixture.checkin.record_request_ids() == std::vector<std::string>{"request"});
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
  for (int event = 1; event <= 21; ++event) fixture.Record(event);
  fixture.Record(22, 2);

  CHECK(*fixture.answers.at(20) == VisitResult::kRecorded);
  CHECK(*fixture.answers.at(21) == VisitResult::kOverCap);
  CHECK(*fixture.answers.at(22) == VisitResult::kRecorded);
  CHECK(fixture.checkin.visits().size() == 21);
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
  fixture.checkin.Hold();
  fixture.Record(1);
  fixture.Record(2, 1, "bad");
  fixture.Record(3, 1, "later");
  fixture.Record(4);
  fixture.checkin.Release();

  CHECK(*fixture.answers.at(1) == VisitResult::kRecorded);
  CHECK(*fixture.answers.at(2) == VisitResult::kRefused);
  CHECK(absl::IsUnavailable(fixture.answers.at(3).status()));
  CHECK(*fixture.answers.at(4) == VisitResult::kRecorded);
  CHECK(fixture.checkin.visits().size() == 2);
}

TEST_CASE("admissions gather while earlier visits wait to be stored") {
  Fixture fixture;
  fixture.checkin.HoldRecords();
  for (int event = 1; event <= 5; ++event) fixture.Record(event);
  // The first is being stored, the second waits; the others are not even asked about.
  CHECK(fixture.checkin.admit_sizes() == std::vector<size_t>{1, 1});

  fixture.checkin.Release();

  CHECK(fixture.answers.size() == 5);
  CHECK(fixture.checkin.admit_sizes() == std::vector<size_t>{1, 1, 3});
  CHECK(fixture.checkin.record_sizes() == std::vector<size_t>{1, 1, 3});
}

TEST_CASE("a record call that fails tells so, and the next delivery stores the visit") {
  Fixture fixture;
  fixture.checkin.FailNext(absl::UnavailableError("restarting"));
  fixture.Record(1);
  CHECK(absl::IsUnavailable(fixture.answers.at(1).status()));

  fixture.Record(1);

  CHECK(*fixture.answers.at(1) == VisitResult::kRecorded);
}

TEST_CASE("draining waits for visits on their way through both calls") {
  Fixture fixture;
  fixture.checkin.Hold();
  fixture.Record(1);
  fixture.Record(2);
  fixture.checkin.Release();

  fixture.recorder.Drain();

  CHECK(fixture.answers.size() == 2);
  fixture.Record(3);
  CHECK(*fixture.answers.at(1) == VisitResult::kRecorded);
  CHECK(absl::IsResourceExhausted(fixture.answers.at(3).status()));
}

}  // namespace
}  // namespace oshirase::gateway
