#include "services/notifier/domain/case_previewer.h"

#include <catch2/catch.hpp>

#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

const absl::Time kNoon = TestNoon();
const absl::Time kFrom = kNoon - absl::Hours(3);

void AddVisits(Scene& scene, int venue, absl::Time scan, int count) {
  for (int visit = 0; visit < count; ++visit) {
    scene.checkin.Add({TestVenue(venue), DayOf(scan), HourOf(scan), "sealed"});
  }
}

TEST_CASE("numbers are told in buckets") {
  CHECK(BucketOf(0) == Bucket::k0To9);
  CHECK(BucketOf(9) == Bucket::k0To9);
  CHECK(BucketOf(10) == Bucket::k10To49);
  CHECK(BucketOf(49) == Bucket::k10To49);
  CHECK(BucketOf(50) == Bucket::k50To199);
  CHECK(BucketOf(200) == Bucket::k200To999);
  CHECK(BucketOf(1000) == Bucket::k1000To4999);
  CHECK(BucketOf(4999) == Bucket::k1000To4999);
  CHECK(BucketOf(5000) == Bucket::k5000OrMore);
}

TEST_CASE("a preview counts the hours that would be opened, and opens nothing") {
  Scene scene;
  AddVisits(scene, 1, kFrom, 12);
  AddVisits(scene, 1, kFrom - absl::Hours(13), 100);  // before the longest stay
  AddVisits(scene, 2, kFrom, 100);

  const auto preview = scene.process().previewer.PreviewExposures(
      "officer-a", {scene.MakeExposure(1, kFrom, kFrom + absl::Hours(1))});

  REQUIRE_OK(preview);
  REQUIRE(preview->exposures.size() == 1);
  CHECK(preview->visits == Bucket::k10To49);
  CHECK(preview->exposures[0].visits == Bucket::k10To49);
  CHECK(preview->signatures_needed == 2);
  const auto& hours = preview->exposures[0].hours;
  REQUIRE(hours.size() == 14);  // 12 h before, the hour itself, and half an hour of linger
  CHECK(hours.front().start_time == kFrom - absl::Hours(12));
  CHECK(hours[12].visits == Bucket::k10To49);
  CHECK(hours[11].visits == Bucket::k0To9);
  CHECK(scene.registry.releases().empty());
}

TEST_CASE("visits that two exposures share count once in the whole") {
  Scene scene;
  AddVisits(scene, 1, kFrom, 6);

  const auto preview = scene.process().previewer.PreviewExposures(
      "officer-a", {scene.MakeExposure(1, kFrom, kFrom + absl::Hours(1)),
                    scene.MakeExposure(1, kFrom, kFrom + absl::Hours(2))});

  CHECK(preview->visits == Bucket::k0To9);
}

TEST_CASE("a preview is audited before it is answered, an empty one too") {
  Scene scene;
  const auto exposures = std::vector{scene.MakeExposure(1, kFrom, kFrom + absl::Hours(1))};
  REQUIRE_OK(scene.process().previewer.PreviewExposures("officer-a", exposures));
  CHECK(scene.db.Actions() == std::vector<std::string>{"case.previewed"});

  scene.db.FailNext(absl::UnavailableError("down"));
  CHECK_CODE(scene.process().previewer.PreviewExposures("officer-a", exposures),
             absl::StatusCode::kUnavailable);
}

TEST_CASE("a case that was entered can be previewed, one that was not cannot") {
  Scene scene;
  const auto entered =
      scene.Submit(scene.MakeStatement({scene.MakeExposure(1, kFrom, kFrom + absl::Hours(1))}));
  REQUIRE_OK(entered);

  REQUIRE_OK(scene.process().previewer.PreviewCase("officer-b", entered->case_id));
  CHECK(ReasonOf(scene.process().previewer.PreviewCase("officer-b", ids::NewUuid()).status()) ==
        "CASE_NOT_FOUND");
}

TEST_CASE("a preview without checkin is unavailable, and wrong exposures are refused") {
  Scene scene;
  scene.checkin.FailNext(absl::UnavailableError("down"));
  CHECK_CODE(scene.process().previewer.PreviewExposures(
                 "officer-a", {scene.MakeExposure(1, kFrom, kFrom + absl::Hours(1))}),
             absl::StatusCode::kUnavailable);
  CHECK(ReasonOf(scene.process().previewer.PreviewExposures("officer-a", {}).status()) ==
        "CASE_INVALID");
}

}  // namespace
}  // namespace oshirase::notifier
