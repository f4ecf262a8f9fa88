#include "tools/authority/register_desk.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "tests/support/status_matchers.h"
#include "tools/authority/commands.h"
#include "tools/authority/testing/fake_desk.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;

constexpr char kVenue[] = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";

rv1::RegisterEntry EntryNamed(const std::string& name) {
  rv1::RegisterEntry entry;
  auto& venue = *entry.mutable_venue();
  venue.set_venue_id(kVenue);
  venue.set_revision(3);
  venue.mutable_details()->set_name(name);
  venue.mutable_details()->set_kind("restaurant");
  venue.mutable_details()->set_address("本町1-1");
  venue.mutable_details()->set_email("owner@example.jp");
  return entry;
}

void Fill(FakeDesk& desk, int count) {
  for (int i = 0; i < count; ++i) desk.entries.push_back(EntryNamed(absl::StrCat("店", i)));
}

Options Correcting(const std::vector<std::string>& settings) {
  Options options;
  options.json = true;
  options.id = kVenue;
  options.reason = "電話で依頼";
  options.entry.set = settings;
  return options;
}

TEST_CASE("a search reads as many pages as were asked for") {
  DeskScene scene;
  Fill(scene.desk, 120);

  const auto first = FindEntries(*scene.session, {}, 20);
  REQUIRE_OK(first);
  CHECK(first->entries.size() == 20);
  CHECK(first->more);

  const auto some = FindEntries(*scene.session, {}, 70);
  REQUIRE_OK(some);
  CHECK(some->entries.size() == 70);
  CHECK(some->entries.back().venue().details().name() == "店69");

  const auto all = FindEntries(*scene.session, {}, std::nullopt);
  REQUIRE_OK(all);
  CHECK(all->entries.size() == 120);
  CHECK_FALSE(all->more);
}

TEST_CASE("an export hands over every entry and ends with the first that cannot be taken") {
  DeskScene scene;
  Fill(scene.desk, 50);
  int taken = 0;

  CHECK_OK(ExportRegister(*scene.session, {}, [&](const rv1::RegisterEntry& /*entry*/) {
    ++taken;
    return absl::OkStatus();
  }));
  CHECK(taken == 50);

  const auto full = ExportRegister(*scene.session, {}, [](const rv1::RegisterEntry& /*entry*/) {
    return absl::UnavailableError("disk full");
  });
  CHECK(full.message() == "disk full");
}

TEST_CASE("an export that breaks off is a failure, however much came") {
  DeskScene scene;
  Fill(scene.desk, 3);
  scene.desk.FailNext(absl::UnavailableError("going away"));

  CHECK_CODE(ExportRegister(*scene.session, {},
                            [](const rv1::RegisterEntry& /*entry*/) { return absl::OkStatus(); }),
             absl::StatusCode::kUnavailable);
}

TEST_CASE("a correction starts from the revision that was shown and keeps the other details") {
  DeskScene scene;
  Fill(scene.desk, 1);

  CHECK_OK(CorrectInRegister(*scene.session, Correcting({"name=たけ", "listed=true"})));

  REQUIRE(scene.desk.asked.size() == 2);
  const auto& asked = scene.desk.asked.back();
  CHECK(absl::StrContains(asked, "revision: 3"));
  CHECK(absl::StrContains(asked, "listed: true"));
  CHECK(absl::StrContains(asked, "owner@example.jp"));
}

TEST_CASE("a correction that changes nothing, or is wrong, is not sent") {
  DeskScene scene;
  Fill(scene.desk, 1);

  CHECK_OK(CorrectInRegister(*scene.session, Correcting({"name=店0"})));
  CHECK(ReasonOf(CorrectInRegister(*scene.session, Correcting({"nmae=x"}))) == "WRONG_USE");
  CHECK(ReasonOf(CorrectInRegister(*scene.session, Correcting({}))) == "WRONG_USE");
  CHECK(ReasonOf(CorrectInRegister(*scene.session, Correcting({"drill=true"}))) == "WRONG_USE");

  for (const auto& asked : scene.desk.asked) CHECK_FALSE(absl::StrContains(asked, "request_id"));
}

TEST_CASE("being overtaken changes nothing and says so") {
  DeskScene scene;
  Fill(scene.desk, 1);
  const auto stale = ReasonedError(absl::StatusCode::kAborted, "VENUE_CHANGED", "changed");

  CHECK_OK(ReadEntry(*scene.session, kVenue));
  scene.desk.FailNext(stale);
  const auto entry = CorrectEntry(*scene.session, {.venue_id = kVenue, .revision = 2});

  CHECK(ReasonOf(entry.status()) == "VENUE_CHANGED");
  // It may not be sent again: the second time it would be right by chance.
  CHECK(scene.desk.asked.size() == 2);
}

TEST_CASE("an officer without the role is refused") {
  DeskScene scene;
  scene.server.officers().Enroll("officer-d", {Role::kSubmit});

  CHECK(ReasonOf(ReadEntry(*scene.session, kVenue).status()) == "CALLER_NOT_ALLOWED");
}

}  // namespace
}  // namespace oshirase::authority
