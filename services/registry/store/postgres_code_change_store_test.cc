#include "services/registry/store/postgres_code_change_store.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include "common/ids/uuid.h"
#include "common/ids/venue_code.h"
#include "services/registry/store/postgres_venue_store.h"
#include "services/registry/testing/example_venue.h"
#include "services/registry/testing/recording_mail_queue.h"
#include "tests/support/temp_database.h"

namespace oshirase::registry {
namespace {

constexpr int kLimit = 10;

struct Scene {
  testing::TempDatabase database;
  postgres::Pool pool{{.url = database.Url("oshirase_registry"), .size = 2}};
  audit::AuditLog log{"registry", SystemClock()};
  RecordingMailQueue mails;
  PostgresVenueStore venues{pool, log, mails};
  PostgresCodeChangeStore changes{pool};
  std::string cursor;

  Scene() { Ask(); }
  Venue Register() { return *venues.Insert(ExampleAddition(ExampleVenue(absl::Now()))); }
  void Close(const Venue& venue) {
    REQUIRE(venues
                .SetState({.venue_id = venue.id,
                           .state = VenueState::kClosed,
                           .now = absl::Now(),
                           .note = ExampleNote()})
                .ok());
  }
  CodeChanges Ask(int limit = kLimit) {
    auto answer = changes.Since(cursor, limit);
    REQUIRE(answer.ok());
    cursor = answer->cursor;
    std::sort(answer->codes.begin(), answer->codes.end());
    return *answer;
  }
};

using Codes = std::vector<std::string>;

TEST_CASE("who asks first, or with a cursor that says nothing, must forget all") {
  Scene scene;
  for (const auto* cursor : {"", "nonsense", "1.2.3", "-1.5", "7.", "99999999999999999999999.1"}) {
    const auto answer = scene.changes.Since(cursor, kLimit);
    REQUIRE(answer.ok());
    CHECK(answer->reset);
    CHECK(answer->codes.empty());
  }
}

TEST_CASE("a cursor that is old, from the future or of another database forgets all") {
  Scene scene;
  const std::string xmin = scene.cursor.substr(0, scene.cursor.find('.'));
  const auto now = absl::ToUnixSeconds(absl::Now());
  const auto reset = [&](const std::string& cursor) {
    return scene.changes.Since(cursor, kLimit)->reset;
  };
  CHECK_FALSE(reset(absl::StrCat(xmin, ".", now - 1700)));
  CHECK(reset(absl::StrCat(xmin, ".", now - 1900)));
  CHECK(reset(absl::StrCat(xmin, ".", now + 1000)));
  CHECK(reset(absl::StrCat(xmin, "000.", now)));
}

TEST_CASE("registering changes nothing; closing and opening, renaming and moving do") {
  Scene scene;
  const Venue venue = scene.Register();
  const Venue other = scene.Register();
  CHECK(scene.Ask().codes.empty());

  scene.Close(venue);
  CHECK(scene.Ask().codes == Codes{venue.code});
  CHECK(scene.Ask().codes.empty());

  scene.database.Query("UPDATE registry.venues SET name = 'new' WHERE venue_id = '" +
                       other.id.value + "' RETURNING 1");
  CHECK(scene.Ask().codes == Codes{other.code});
}

TEST_CASE("a replaced code is told, whether it stops at once or later") {
  Scene scene;
  const Venue venue = scene.Register();
  scene.Ask();

  const auto replaced = scene.venues.ReplaceCode({.venue_id = venue.id,
                                                  .request_id = ids::NewUuid(),
                                                  .new_code = ids::NewVenueCode().value,
                                                  .now = absl::Now(),
                                                  .grace = absl::Hours(24)},
                                                 ExampleNote());

  REQUIRE(replaced.ok());
  CHECK(scene.Ask().codes == Codes{venue.code});
}

TEST_CASE("a change that is committed after later ones is not missed") {
  Scene scene;
  const Venue slow = scene.Register();
  const Venue quick = scene.Register();
  scene.Ask();
  pqxx::connection connection(scene.database.Url("oshirase_registry"));
  pqxx::work open(connection);
  open.exec_params("UPDATE registry.venues SET state = 'closed' WHERE venue_id = $1",
                   slow.id.value);

  scene.Close(quick);
  CHECK(scene.Ask().codes == Codes{quick.code});
  open.commit();

  const Codes told = scene.Ask().codes;
  CHECK(std::count(told.begin(), told.end(), slow.code) == 1);
}

TEST_CASE("more changes than can be told forget all") {
  Scene scene;
  for (int i = 0; i < 3; ++i) scene.Close(scene.Register());

  CHECK(scene.Ask(2).reset);
  CHECK_FALSE(scene.Ask(2).reset);
}

TEST_CASE("changes of more than an hour ago are forgotten, others kept") {
  Scene scene;
  scene.Close(scene.Register());
  scene.database.Query(
      "UPDATE registry.code_changes SET change_time = now() - interval '61 min' "
      "RETURNING 1");
  scene.Close(scene.Register());

  REQUIRE(scene.changes.ForgetOld().ok());

  CHECK(scene.database.Query("SELECT count(*) FROM registry.code_changes") == "1");
}

TEST_CASE("without the database the changes are unavailable") {
  postgres::Pool nowhere({.url = "postgresql://nobody@/none?host=/nonexistent", .size = 1});
  PostgresCodeChangeStore changes(nowhere);

  CHECK(absl::IsUnavailable(changes.Since("", kLimit).status()));
  CHECK(absl::IsUnavailable(changes.ForgetOld()));
}

}  // namespace
}  // namespace oshirase::registry
