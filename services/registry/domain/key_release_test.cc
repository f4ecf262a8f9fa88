#include "services/registry/domain/key_release.h"

#include <catch2/catch.hpp>
#include <random>

#include "common/ids/uuid.h"
#include "services/registry/domain/errors.h"
#include "services/registry/testing/fake_scene.h"

namespace oshirase::registry {
namespace {

using crypto::SignatureRole;

std::string ReasonOfRelease(ReleaseScene& scene, const ReleaseRequest& request) {
  return ReasonOf(scene.Release(request).status());
}

TEST_CASE("two officers' signatures release exactly the hours an exposed visit can have begun in") {
  FakeScene scene;
  const VenueId venue = scene.AddVenue();
  const auto request = scene.Signed(scene.Case({venue}));

  const auto released = scene.Release(request);

  REQUIRE(released.ok());
  REQUIRE(released->venues.size() == 1);
  CHECK(released->venues[0].id == venue);
  // The window is 12:00-14:00 and the linger 30 minutes: from 12 h before to 14:29.
  const auto& hours = released->venues[0].hours;
  REQUIRE(hours.size() == 15);
  CHECK(hours.front().hour == HourOfDay{.day = DayOf(scene.now), .hour = 0});
  CHECK(hours.back().hour == HourOfDay{.day = DayOf(scene.now), .hour = 14});
}

TEST_CASE("a released key is the private half of what checkin sealed to") {
  FakeScene scene;
  const VenueId venue = scene.AddVenue();
  OuterKeys outer_keys(scene.seeds(), ReleaseScene::kRetentionDays, [&] { return scene.now; });
  const auto sealed_to = outer_keys.PublicKeys(DayOf(scene.now), {venue});
  REQUIRE(sealed_to.ok());

  auto released = scene.Release(scene.Signed(scene.Case({venue})));

  REQUIRE(released.ok());
  for (auto& hour : released->venues[0].hours) {
    const auto pair = crypto::OuterKeyPairOf(std::move(hour.private_key));
    CHECK(pair.public_key == crypto::VenueHourKey(sealed_to->front(), hour.hour.hour).value());
  }
}

TEST_CASE("the record and the audit entry are written before the answer") {
  FakeScene scene;
  const auto request = scene.Signed(scene.Case({scene.AddVenue()}));

  REQUIRE(scene.Release(request).ok());

  const AuditNote note = scene.last_note();
  CHECK(note.action == "release.granted");
  CHECK(note.actor == "service/notifier");
  CHECK(note.subject == request.case_id);
  CHECK(scene.statements.Find(crypto::Sha256(request.statement))->release.has_value());
}

TEST_CASE("no key goes out when the record cannot be written") {
  FakeScene scene;
  const auto request = scene.Signed(scene.Case({scene.AddVenue()}));
  scene.statements.FailNextRelease(absl::UnavailableError("down"));

  CHECK(absl::IsUnavailable(scene.Release(request).status()));

  CHECK(scene.last_note().action == "test.set-up");
  CHECK(scene.Release(request).ok());
}

v1::Exposure& First(v1::Statement& statement) { return *statement.mutable_exposures(0); }

TEST_CASE("a drill is signed by officers or by identities of role drill, a real case never") {
  FakeScene scene;
  scene.Enrol("canary-1", {Role::kDrill});
  scene.Enrol("canary-2", {Role::kDrill});
  const auto signed_by_canaries = [&](const v1::Statement& statement) {
    auto request = scene.Signed(statement);
    request.signatures = {
        scene.Sign("canary-1", SignatureRole::kSubmit, request.statement, scene.now),
        scene.Sign("canary-2", SignatureRole::kApprove, request.statement, scene.now)};
    return request;
  };
  auto drill = scene.Case({scene.AddVenue(true)});
  drill.set_drill(true);
  const auto real = scene.Case({scene.AddVenue()});

  CHECK(scene.Release(signed_by_canaries(drill)).ok());
  drill.set_request_id(ids::NewUuid());
  CHECK(scene.Release(scene.Signed(drill)).ok());
  CHECK(ReasonOfRelease(scene, signed_by_canaries(real)) == "ROLE_MISSING");
}

TEST_CASE("the same bytes are released again after a restart, each time audited") {
  FakeScene scene;
  const auto request = scene.Signed(scene.Case({scene.AddVenue()}));
  const auto first = scene.Release(request);
  REQUIRE(first.ok());

  scene.Restart();
  scene.now += absl::Hours(22);  // past expiry and the age of the approval
  const auto again = scene.Release(request);

  REQUIRE(again.ok());
  CHECK(again->end_time == first->end_time);
  REQUIRE(again->venues[0].hours.size() == first->venues[0].hours.size());
  CHECK(again->venues[0].hours[0].private_key == first->venues[0].hours[0].private_key);
  const auto actions = scene.audit.actions();
  CHECK(std::count(actions.begin(), actions.end(), "release.granted") == 2);
}

TEST_CASE("releases end with the later of 24 hours and the day after the last exposed hour") {
  FakeScene scene;
  auto statement = scene.Case({scene.AddVenue()});
  absl::Time end;
  SECTION("a window of today: the end of tomorrow") { end = StartOf(DayOf(scene.now) + 2); }
  SECTION("a window of three days ago: 24 hours") {
    SetTime(First(statement).mutable_from_time(), scene.now - absl::Hours(60));
    SetTime(First(statement).mutable_to_time(), scene.now - absl::Hours(59));
    end = scene.now + absl::Hours(24);
  }
  const auto request = scene.Signed(statement);
  REQUIRE(scene.Release(request).ok());

  scene.now = end - absl::Seconds(1);
  CHECK(scene.Release(request).value().end_time == end);
  scene.now = end;
  CHECK(ReasonOfRelease(scene, request) == "STATEMENT_CLOSED");
}

TEST_CASE("a statement is released for one case, and a case has one statement") {
  FakeScene scene;
  const auto request = scene.Signed(scene.Case({scene.AddVenue()}));
  REQUIRE(scene.Release(request).ok());

  auto other_case = request;
  other_case.case_id = ids::NewUuid();
  auto other_statement = scene.Signed(scene.Case({scene.AddVenue()}));
  other_statement.case_id = request.case_id;

  CHECK(ReasonOfRelease(scene, other_case) == "STATEMENT_OF_OTHER_CASE");
  CHECK(ReasonOfRelease(scene, other_statement) == "STATEMENT_OF_OTHER_CASE");
}

TEST_CASE("a void statement is never released, whether it was before or not") {
  FakeScene scene;
  const auto request = scene.Signed(scene.Case({scene.AddVenue()}));
  SECTION("before its release") {}
  SECTION("after its release") { REQUIRE(scene.Release(request).ok()); }

  REQUIRE(scene.Void(request, "bob").ok());
  REQUIRE(scene.Void(request, "ann").ok());

  CHECK(ReasonOfRelease(scene, request) == "STATEMENT_VOID");
  const auto actions = scene.audit.actions();
  CHECK(std::count(actions.begin(), actions.end(), "statement.voided") == 1);
}

TEST_CASE("only an officer's own rejection makes a statement void") {
  FakeScene scene;
  scene.Enrol("desk", {Role::kDesk});
  const auto request = scene.Signed(scene.Case({scene.AddVenue()}));
  VoidRequest voided{
      .digest = crypto::Sha256(request.statement),
      .signature = scene.Sign("bob", SignatureRole::kReject, request.statement, scene.now),
      .actor = "service/notifier"};
  std::string reason;
  SECTION("not an approval") {
    voided.signature = scene.Sign("bob", SignatureRole::kApprove, request.statement, scene.now);
    reason = "SIGNATURE_ROLE_WRONG";
  }
  SECTION("not a rejection of something else") {
    voided.digest[0] ^= 1;
    reason = "SIGNATURE_INVALID";
  }
  SECTION("not by somebody without a part in cases") {
    voided.signature = scene.Sign("desk", SignatureRole::kReject, request.statement, scene.now);
    reason = "ROLE_MISSING";
  }
  SECTION("not by a revoked officer") {
    scene.Revoke("bob");
    reason = "OFFICER_REVOKED";
  }

  CHECK(ReasonOf(scene.releaser().Void(voided)) == reason);

  CHECK(scene.last_note().action == "statement.void-refused");
  CHECK(TextFact(scene.last_note(), "reason") == reason);
}

TEST_CASE("an event is released with its registered end, and with no other") {
  FakeScene scene;
  const absl::Time end = scene.now - absl::Hours(2);
  auto statement = scene.Case({scene.AddEvent(end)});
  SetTime(First(statement).mutable_event_end_time(), end + absl::Seconds(1));
  CHECK(ReasonOfRelease(scene, scene.Signed(statement)) == "EVENT_END_MISMATCH");

  SetTime(First(statement).mutable_event_end_time(), end);
  CHECK(ReasonOfRelease(scene, scene.Signed(statement)).empty());
}

TEST_CASE("a dependency that is down releases nothing and decides nothing") {
  FakeScene scene;
  const auto request = scene.Signed(scene.Case({scene.AddVenue()}));
  SECTION("officers") { scene.officers.FailNext(absl::UnavailableError("down")); }
  SECTION("statements") { scene.statements.FailNext(absl::UnavailableError("down")); }
  SECTION("venues") { scene.FakeSceneStores::venues.FailNext(absl::UnavailableError("down")); }

  CHECK(absl::IsUnavailable(scene.Release(request).status()));

  CHECK(scene.last_note().action == "test.set-up");
  CHECK(scene.results == std::vector<std::string>{"failed"});
  CHECK(scene.Release(request).ok());
}

TEST_CASE("a refusal that cannot be audited is not answered") {
  FakeScene scene;
  auto request = scene.Signed(scene.Case({scene.AddVenue()}));
  request.signatures.pop_back();
  scene.audit.FailNext(absl::UnavailableError("down"));

  CHECK(absl::IsUnavailable(scene.Release(request).status()));
}

TEST_CASE("of 10,000 alterations of one byte, none is released") {
  FakeScene scene;
  const auto genuine = scene.Signed(scene.Case({scene.AddVenue(), scene.AddVenue()}));
  std::mt19937 random(20201210);
  const auto alter = [&](std::string& bytes) {
    const size_t at = random() % bytes.size();
    bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 + random() % 255));
  };

  int released = 0;
  for (int i = 0; i < 10'000; ++i) {
    auto request = genuine;
    const auto part = random() % 4;
    if (part < 2)
      alter(request.statement);
    else
      alter(request.signatures[part - 2].signed_part.signature);
    if (scene.Release(request).ok()) ++released;
  }

  CHECK(released == 0);
  CHECK(scene.Release(genuine).ok());
}

}  // namespace
}  // namespace oshirase::registry
