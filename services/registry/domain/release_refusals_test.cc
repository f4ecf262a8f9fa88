#include <catch2/catch.hpp>
#include <functional>

#include "common/ids/uuid.h"
#include "services/registry/domain/errors.h"
#include "services/registry/testing/fake_scene.h"

namespace oshirase::registry {
namespace {

using crypto::SignatureRole;

std::string ReasonOfRelease(ReleaseScene& scene, const ReleaseRequest& request) {
  return ReasonOf(scene.Release(request).status());
}

// Everything that is refused, each by one departure from a case that is released.
struct Departure {
  const char* what;
  const char* reason;
  // Changes the statement before it is signed.
  std::function<void(ReleaseScene&, v1::Statement&)> statement;
  // Changes the request afterwards.
  std::function<void(ReleaseScene&, ReleaseRequest&)> request;
};

v1::Exposure& First(v1::Statement& statement) { return *statement.mutable_exposures(0); }

void Resign(ReleaseScene& scene, ReleaseRequest& request, size_t index, absl::Time time) {
  auto& signature = request.signatures[index];
  signature = scene.Sign(signature.officer_id, signature.role, request.statement, time);
}

void AddVenues(ReleaseScene& scene, v1::Statement& statement, int count) {
  for (int i = 0; i < count; ++i) {
    *statement.add_exposures() = statement.exposures(0);
    statement.mutable_exposures()->rbegin()->set_venue_id(scene.AddVenue().value);
  }
}

void SetWindow(ReleaseScene& scene, v1::Statement& statement, absl::Duration length) {
  SetTime(First(statement).mutable_from_time(), scene.now - absl::Hours(1) - length);
}

const std::vector<Departure>& SignatureDepartures() {
  static const std::vector<Departure> departures = {
      {"only the submission", "SIGNATURE_MISSING", nullptr,
       [](auto&, auto& request) { request.signatures.pop_back(); }},
      {"only the approval", "SIGNATURE_MISSING", nullptr,
       [](auto&, auto& request) { request.signatures.erase(request.signatures.begin()); }},
      {"no signature", "SIGNATURE_MISSING", nullptr,
       [](auto&, auto& request) { request.signatures.clear(); }},
      {"the submitter approving as well", "OFFICERS_NOT_DISTINCT", nullptr,
       [](auto& scene, auto& request) {
         scene.Enrol("ann", {Role::kSubmit, Role::kApprove});
         request.signatures[1] =
             scene.Sign("ann", SignatureRole::kApprove, request.statement, scene.now);
       }},
      {"the same approval twice", "OFFICERS_NOT_DISTINCT", nullptr,
       [](auto&, auto& request) { request.signatures.push_back(request.signatures[1]); }},
      {"two submissions", "SIGNATURE_ROLE_WRONG", nullptr,
       [](auto& scene, auto& request) {
         request.signatures.push_back(
             scene.Sign("cat", SignatureRole::kSubmit, request.statement, scene.now));
       }},
      {"a rejection among the signatures", "SIGNATURE_ROLE_WRONG", nullptr,
       [](auto& scene, auto& request) {
         request.signatures.push_back(
             scene.Sign("cat", SignatureRole::kReject, request.statement, scene.now));
       }},
      {"more signatures than anyone needs", "TOO_MANY_SIGNATURES", nullptr,
       [](auto&, auto& request) { request.signatures.resize(11, request.signatures[0]); }},
      {"an officer nobody enrolled", "OFFICER_UNKNOWN", nullptr,
       [](auto&, auto& request) { request.signatures[1].officer_id = "eve"; }},
      {"a signature under another's name", "SIGNATURE_INVALID", nullptr,
       [](auto&, auto& request) { request.signatures[1].officer_id = "cat"; }},
      {"an approval passed off as a submission", "SIGNATURE_INVALID", nullptr,
       [](auto& scene, auto& request) {
         request.signatures[0] =
             scene.Sign("cat", SignatureRole::kApprove, request.statement, scene.now);
         request.signatures[0].role = SignatureRole::kSubmit;
       }},
      {"a signing time that was not signed", "SIGNATURE_INVALID", nullptr,
       [](auto&, auto& request) {
         request.signatures[1].signed_part.signed_at -= absl::Seconds(1);
       }},
      {"a submitter without the role", "ROLE_MISSING", nullptr,
       [](auto& scene, auto& request) {
         request.signatures[0] =
             scene.Sign("cat", SignatureRole::kSubmit, request.statement, scene.now);
       }},
      {"an approver without the role", "ROLE_MISSING", nullptr,
       [](auto& scene, auto&) { scene.Enrol("bob", {Role::kSubmit}); }},
      {"an approver who got the role after signing", "ROLE_MISSING", nullptr,
       [](auto& scene, auto& request) {
         scene.Enrol("bob", {Role::kSubmit});
         scene.now += absl::Minutes(5);
         Resign(scene, request, 1, scene.now);
         scene.now += absl::Minutes(5);
         scene.Enrol("bob", {Role::kApprove});
       }},
      {"a key that was added after signing", "SIGNATURE_INVALID", nullptr,
       [](auto& scene, auto& request) {
         const absl::Time signed_at = scene.now - absl::Minutes(5);
         scene.Enrol("dan", {Role::kApprove});
         request.signatures[1] =
             scene.Sign("dan", SignatureRole::kApprove, request.statement, signed_at);
       }},
      {"a revoked approver", "OFFICER_REVOKED", nullptr,
       [](auto& scene, auto&) { scene.Revoke("bob"); }},
      {"a revoked submitter", "OFFICER_REVOKED", nullptr,
       [](auto& scene, auto&) { scene.Revoke("ann"); }},
      {"an approval from 61 seconds ahead", "SIGNATURE_FROM_FUTURE", nullptr,
       [](auto& scene, auto& request) {
         Resign(scene, request, 1, scene.now + absl::Seconds(61));
       }},
      {"an approval from 30 minutes and a second ago", "APPROVAL_TOO_OLD", nullptr,
       [](auto& scene, auto& request) {
         Resign(scene, request, 1, scene.now - absl::Minutes(30) - absl::Seconds(1));
       }},
      {"a statement at the moment it expires", "STATEMENT_EXPIRED",
       [](auto& scene, auto& statement) { SetTime(statement.mutable_expire_time(), scene.now); },
       nullptr},
      {"a statement that lives 24 hours and a second", "EXPIRY_TOO_LATE",
       [](auto& scene, auto& statement) {
         SetTime(statement.mutable_expire_time(), scene.now + absl::Hours(24) + absl::Seconds(1));
       },
       nullptr},
      {"a third venue slipped in after signing", "SIGNATURE_INVALID", nullptr,
       [](auto& scene, auto& request) {
         v1::Statement statement;
         REQUIRE(statement.ParseFromString(request.statement));
         AddVenues(scene, statement, 1);
         request.statement = statement.SerializeAsString();
       }},
      {"one byte more", "STATEMENT_INVALID", nullptr,
       [](auto&, auto& request) { request.statement += '\0'; }},
  };
  return departures;
}

const std::vector<Departure>& StatementDepartures() {
  static const std::vector<Departure> departures = {
      {"a window that has not ended", "WINDOW_IN_FUTURE",
       [](auto& scene, auto& statement) {
         SetTime(First(statement).mutable_to_time(), scene.now + absl::Seconds(1));
       },
       nullptr},
      {"a window of 24 hours and a second", "WINDOW_TOO_LONG",
       [](auto& scene, auto& statement) {
         SetWindow(scene, statement, absl::Hours(24) + absl::Seconds(1));
       },
       [](auto& scene, auto& request) { scene.SignThird(request); }},
      {"a window of 12 hours and a second by two officers", "THIRD_SIGNATURE_NEEDED",
       [](auto& scene, auto& statement) {
         SetWindow(scene, statement, absl::Hours(12) + absl::Seconds(1));
       },
       nullptr},
      {"windows at one venue that add up to more than 12 hours", "THIRD_SIGNATURE_NEEDED",
       [](auto& scene, auto& statement) {
         SetWindow(scene, statement, absl::Hours(11));
         *statement.add_exposures() = statement.exposures(0);
       },
       nullptr},
      {"six venues by two officers", "THIRD_SIGNATURE_NEEDED",
       [](auto& scene, auto& statement) { AddVenues(scene, statement, 5); }, nullptr},
      {"21 venues", "TOO_MANY_VENUES",
       [](auto& scene, auto& statement) { AddVenues(scene, statement, 20); },
       [](auto& scene, auto& request) { scene.SignThird(request); }},
      {"a stay of 12 hours and a second", "STAY_TOO_LONG",
       [](auto&, auto& statement) { First(statement).set_stay_seconds(12 * 3600 + 1); }, nullptr},
      {"a linger of 3 hours and a second", "LINGER_TOO_LONG",
       [](auto&, auto& statement) { First(statement).set_linger_seconds(3 * 3600 + 1); }, nullptr},
      {"a venue that does not exist", "VENUE_UNKNOWN",
       [](auto&, auto& statement) { First(statement).set_venue_id(ids::NewUuid()); }, nullptr},
      {"an end for a venue that is no event", "EVENT_END_MISMATCH",
       [](auto& scene, auto& statement) {
         SetTime(First(statement).mutable_event_end_time(), scene.now);
       },
       nullptr},
      {"an event without its end", "EVENT_END_MISMATCH",
       [](auto& scene, auto& statement) {
         First(statement).set_venue_id(scene.AddEvent(scene.now).value);
       },
       nullptr},
      {"a drill at a real venue", "DRILL_MISMATCH",
       [](auto&, auto& statement) { statement.set_drill(true); }, nullptr},
      {"a real case at a drill venue", "DRILL_MISMATCH",
       [](auto& scene, auto& statement) {
         First(statement).set_venue_id(scene.AddVenue(true).value);
       },
       nullptr},
      {"a day whose seed is destroyed", "DAY_KEY_DESTROYED",
       [](auto& scene, auto&) {
         REQUIRE(scene.seeds().DestroyThrough(DayOf(scene.now)).status.ok());
       },
       nullptr},
      {"a day past its retention, whatever the timer has done", "DAY_KEY_DESTROYED",
       [](auto& scene, auto& statement) {
         SetTime(First(statement).mutable_from_time(), scene.now - absl::Hours(22 * 24 + 3));
         SetTime(First(statement).mutable_to_time(), scene.now - absl::Hours(22 * 24));
       },
       nullptr},
      {"a day on which no visit was ever taken", "DAY_NEVER_OPEN",
       [](auto& scene, auto& statement) {
         SetTime(First(statement).mutable_from_time(), scene.now - absl::Hours(5 * 24 + 3));
         SetTime(First(statement).mutable_to_time(), scene.now - absl::Hours(5 * 24));
       },
       nullptr},
      {"no exposure", "STATEMENT_INVALID",
       [](auto&, auto& statement) { statement.clear_exposures(); }, nullptr},
      {"a name in the case reference", "STATEMENT_INVALID",
       [](auto&, auto& statement) { statement.set_case_ref("山田"); }, nullptr},
      {"a window that ends where it starts", "STATEMENT_INVALID",
       [](auto&, auto& statement) {
         *First(statement).mutable_to_time() = statement.exposures(0).from_time();
       },
       nullptr},
      {"a fraction of a second", "STATEMENT_INVALID",
       [](auto&, auto& statement) { First(statement).mutable_to_time()->set_nanos(1); }, nullptr},
      {"a field from the future", "STATEMENT_INVALID",
       [](auto&, auto& statement) {
         First(statement)
             .GetReflection()
             ->MutableUnknownFields(&First(statement))
             ->AddVarint(99, 1);
       },
       nullptr},
  };
  return departures;
}

void CheckRefused(const Departure& departure) {
  FakeScene scene;
  auto statement = scene.Case({scene.AddVenue()});
  if (departure.statement) departure.statement(scene, statement);
  auto request = scene.Signed(statement);
  if (departure.request) departure.request(scene, request);

  CHECK(ReasonOfRelease(scene, request) == departure.reason);

  const AuditNote note = scene.last_note();
  CHECK(note.action == "release.refused");
  CHECK(note.subject == request.case_id);
  CHECK(TextFact(note, "reason") == departure.reason);
  CHECK(scene.results == std::vector<std::string>{departure.reason});
  CHECK_FALSE(scene.statements.Find(crypto::Sha256(request.statement))->release.has_value());
}

TEST_CASE("signatures that do not suffice release nothing, and the refusal is audited") {
  for (const auto& departure : SignatureDepartures()) {
    DYNAMIC_SECTION(departure.what) { CheckRefused(departure); }
  }
}

TEST_CASE("a statement that asks too much releases nothing, and the refusal is audited") {
  for (const auto& departure : StatementDepartures()) {
    DYNAMIC_SECTION(departure.what) { CheckRefused(departure); }
  }
}

TEST_CASE("what is exactly within the limits is released") {
  FakeScene scene;
  auto statement = scene.Case({scene.AddVenue()});
  bool third = false;
  SECTION("a window of 12 hours by two officers") { SetWindow(scene, statement, absl::Hours(12)); }
  SECTION("a window of 24 hours by three") {
    SetWindow(scene, statement, absl::Hours(24));
    third = true;
  }
  SECTION("five venues by two") { AddVenues(scene, statement, 4); }
  SECTION("20 venues by three") {
    AddVenues(scene, statement, 19);
    third = true;
  }
  SECTION("a window that ends now") { SetTime(First(statement).mutable_to_time(), scene.now); }
  SECTION("the longest stay and linger") {
    First(statement).set_stay_seconds(12 * 3600);
    First(statement).set_linger_seconds(3 * 3600);
  }
  SECTION("a life of 24 hours") {
    SetTime(statement.mutable_expire_time(), scene.now + absl::Hours(24));
  }
  auto request = scene.Signed(statement);
  SECTION("an approval 30 minutes old") {
    Resign(scene, request, 1, scene.now - absl::Minutes(30));
  }
  SECTION("an approval 60 seconds ahead") {
    Resign(scene, request, 1, scene.now + absl::Seconds(60));
  }
  if (third) scene.SignThird(request);

  CHECK(ReasonOfRelease(scene, request).empty());
}

}  // namespace
}  // namespace oshirase::registry
