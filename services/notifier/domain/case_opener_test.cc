#include "services/notifier/domain/case_opener.h"

#include <catch2/catch.hpp>
#include <set>

#include "common/status/errors.h"
#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

const absl::Time kNoon = TestNoon();
const absl::Time kFrom = kNoon - absl::Hours(3);
const absl::Time kTo = kNoon - absl::Hours(2);

std::set<std::string> Told(Scene& scene) {
  std::set<std::string> told;
  for (const auto& [user, count] : scene.line.delivered()) {
    CHECK(count == 1);
    told.insert(user);
  }
  return told;
}

TEST_CASE("one person gets one message, however often and wherever they were") {
  Scene scene;
  scene.Visit(1, 1, kFrom);
  scene.Visit(1, 1, kFrom + absl::Minutes(5));
  scene.Visit(1, 2, kFrom);

  scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kTo), scene.MakeExposure(2, kFrom, kTo)});
  scene.RunAll();

  CHECK(Told(scene) == std::set<std::string>{TestUserId(1)});
}

TEST_CASE("an undone visit tells nobody, and is counted as a row") {
  Scene scene;
  scene.checkin.Add({TestVenue(1), DayOf(kFrom), HourOf(kFrom), ""});

  const auto case_id = scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kTo)});
  scene.RunAll();

  CHECK(scene.Read(case_id).state == CaseState::kSent);
  CHECK(scene.Read(case_id).rows_seen == 1);
  CHECK(scene.line.calls().empty());
}

TEST_CASE("a row that was moved, copied or changed gains nothing") {
  Scene scene;
  const SealedVisit visit = scene.Seal(1, 2, kFrom, std::nullopt);
  SealedVisit other_venue = visit;
  other_venue.venue_id = TestVenue(1);
  SealedVisit other_hour = scene.Seal(2, 1, kFrom - absl::Hours(20), std::nullopt);
  other_hour.day = DayOf(kFrom);
  other_hour.hour = HourOf(kFrom);
  SealedVisit changed = scene.Seal(3, 1, kFrom, std::nullopt);
  changed.sealed.back() ^= 1;
  SealedVisit short_one = changed;
  short_one.sealed.resize(10);
  for (const auto& row : {other_venue, other_hour, changed, short_one}) scene.checkin.Add(row);
  scene.Visit(4, 1, kFrom);

  scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kTo)});
  scene.RunAll();

  CHECK(Told(scene) == std::set<std::string>{TestUserId(4)});
}

TEST_CASE("a row whose inner time is not in its hour is ignored even when both locks open") {
  Scene scene;
  // Sealed for venue 1 at an hour, with a time inside that is an hour earlier.
  const Day day = DayOf(kFrom);
  const auto venue = *ids::ParseUuid(TestVenue(1).value);
  const auto inner = crypto::SealInner(**scene.process().inner_keys.Get(day), {day, venue},
                                       {TestPerson(1), kFrom - absl::Hours(1), std::nullopt});
  const auto pair =
      crypto::DeriveOuterKeyPair(scene.registry.Seed(day), {day, venue, HourOf(kFrom)});
  crypto::OuterSealer sealer([] { return kNoon; });
  scene.checkin.Add({TestVenue(1), day, HourOf(kFrom), *sealer.Seal(pair.public_key, inner)});

  scene.SubmitAndApprove({scene.MakeExposure(1, kFrom - absl::Hours(2), kTo)});
  scene.RunAll();

  CHECK(Told(scene).empty());
}

TEST_CASE("visits of a day whose inner key is lost are counted as unreadable, others are told") {
  Scene scene;
  const absl::Time midnight = StartOf(DayOf(kNoon));
  scene.Visit(1, 1, midnight - absl::Minutes(30));
  scene.Visit(2, 1, midnight + absl::Minutes(30));
  scene.key_store.Lose(keyring::DayKeyName(keyring::kInnerKey, DayOf(kNoon) - 1));
  scene.RestartProcess();

  const auto case_id = scene.SubmitAndApprove(
      {scene.MakeExposure(1, midnight - absl::Hours(1), midnight + absl::Hours(1))});
  scene.RunAll();

  CHECK(Told(scene) == std::set<std::string>{TestUserId(2)});
  CHECK(scene.Read(case_id).counts.unreadable == 1);
}

TEST_CASE("whoever left the account is not told, and is counted") {
  Scene scene;
  scene.Visit(1, 1, kFrom);
  scene.Visit(2, 1, kFrom);
  REQUIRE_OK(scene.process().departures.Record(TestPerson(1), kNoon, false));
  REQUIRE_OK(scene.process().departures.Record(TestPerson(1), kNoon - absl::Hours(1), true));

  const auto case_id = scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kTo)});
  scene.RunAll();

  CHECK(Told(scene) == std::set<std::string>{TestUserId(2)});
  CHECK(scene.Read(case_id).counts.suppressed == 1);
}

TEST_CASE("without the suppression key nothing is planned, because nobody knows who left") {
  Scene scene;
  scene.Visit(1, 1, kFrom);
  REQUIRE_OK(scene.process().departures.Start());
  const auto case_id = scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kTo)});
  scene.key_store.Lose({keyring::kSuppressionKey, keyring::kCurrent});
  scene.RestartProcess();

  CHECK(ReasonOf(scene.process().opener.Open(case_id, std::nullopt)) == "KEY_LOST");

  CHECK(scene.Batches(case_id).empty());
}

TEST_CASE("late visits are told to those not told yet, and to nobody twice") {
  Scene scene;
  scene.Visit(1, 1, kFrom);
  const auto case_id = scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kTo)});
  scene.RunAll();
  auto& opener = scene.process().opener;
  CHECK_FALSE(*opener.HasLateVisits(scene.Read(case_id)));

  scene.Visit(1, 1, kFrom + absl::Minutes(1));
  scene.Visit(2, 1, kFrom + absl::Minutes(2));
  CHECK(*opener.HasLateVisits(scene.Read(case_id)));
  REQUIRE_OK(opener.Open(case_id, std::nullopt));
  CHECK(scene.Read(case_id).state == CaseState::kSending);
  scene.RunAll();

  CHECK(scene.Read(case_id).state == CaseState::kSent);
  CHECK(Told(scene) == std::set<std::string>{TestUserId(1), TestUserId(2)});
  CHECK_FALSE(*opener.HasLateVisits(scene.Read(case_id)));
}

TEST_CASE("late visits are noticed also after a day of the case has ended with its rows") {
  Scene scene;
  const absl::Time midnight = StartOf(DayOf(kNoon));
  scene.Visit(1, 1, midnight - absl::Minutes(30));
  scene.Visit(2, 1, midnight - absl::Minutes(20));
  const auto case_id = scene.SubmitAndApprove(
      {scene.MakeExposure(1, midnight - absl::Hours(1), midnight + absl::Hours(1))});
  scene.RunAll();
  scene.checkin.Edit([](std::vector<SealedVisit>& rows) { rows.clear(); });
  auto& opener = scene.process().opener;
  CHECK_FALSE(*opener.HasLateVisits(scene.Read(case_id)));

  scene.Visit(3, 1, midnight + absl::Minutes(30));
  REQUIRE(*opener.HasLateVisits(scene.Read(case_id)));
  REQUIRE_OK(opener.Open(case_id, std::nullopt));
  scene.RunAll();

  CHECK(Told(scene) == std::set<std::string>{TestUserId(1), TestUserId(2), TestUserId(3)});
  CHECK_FALSE(*opener.HasLateVisits(scene.Read(case_id)));
}

TEST_CASE("opening again without late visits plans nothing") {
  Scene scene;
  scene.Visit(1, 1, kFrom);
  const auto case_id = scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kTo)});
  scene.RunAll();

  REQUIRE_OK(scene.process().opener.Open(case_id, std::nullopt));

  CHECK(scene.Read(case_id).state == CaseState::kSent);
  CHECK(scene.Batches(case_id).size() == 1);
}

TEST_CASE("a stream that breaks plans nothing, and the next opening misses nobody") {
  Scene scene;
  for (int person = 1; person <= 30; ++person) scene.Visit(person, 1, kFrom);
  const auto case_id = scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kTo)});
  scene.checkin.BreakStreamAfter(2);

  CHECK_CODE(scene.process().opener.Open(case_id, std::nullopt), absl::StatusCode::kUnavailable);
  CHECK(scene.Batches(case_id).empty());
  scene.RunAll();

  CHECK(Told(scene).size() == 30);
}

TEST_CASE("messages that are no longer those that were signed stop the case") {
  Scene scene;
  scene.Visit(1, 1, kFrom);
  const auto case_id = scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kTo)});
  {
    absl::MutexLock lock(&scene.db.mu);
    scene.db.cases.at(case_id).file.messages[0].line_messages_json += " ";
  }

  CHECK(ReasonOf(scene.process().opener.Open(case_id, std::nullopt)) == "MESSAGES_CHANGED");
}

TEST_CASE("visits of an hour without a key are counted as unreadable, others are told") {
  Scene scene;
  scene.Visit(1, 1, kFrom);
  scene.Visit(2, 1, kFrom + absl::Hours(1));
  const auto case_id = scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kTo)});
  Release release = std::move(scene.process().releases.at(case_id));
  std::erase_if(release.hours,
                [](const ReleasedHour& released) { return released.hour == HourOf(kFrom); });

  REQUIRE_OK(scene.process().opener.Open(case_id, std::move(release)));
  while (scene.SendDue() > 0) continue;

  CHECK(Told(scene) == std::set<std::string>{TestUserId(2)});
  CHECK(scene.Read(case_id).counts.unreadable == 1);
}

TEST_CASE("a release without any key is not used") {
  Scene scene;
  scene.Visit(1, 1, kFrom);
  const auto case_id = scene.SubmitAndApprove({scene.MakeExposure(1, kFrom, kTo)});
  Release release = std::move(scene.process().releases.at(case_id));
  release.hours.clear();

  CHECK(ReasonOf(scene.process().opener.Open(case_id, std::move(release))) == "RELEASE_INCOMPLETE");
}

}  // namespace
}  // namespace oshirase::notifier
