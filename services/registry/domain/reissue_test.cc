#include "services/registry/domain/reissue.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/registry/testing/desk_scene.h"

namespace oshirase::registry {
namespace {

ReissueRequest ARequest(bool mail = false) {
  return {.run_id = ids::NewUuid(), .reason = "様式の改定", .mail = mail, .actor = kDeskOfficer};
}

absl::Status Stay(const ReissueProgress& /*progress*/) { return absl::OkStatus(); }

// With venues registered a moment ago.
struct Scene : DeskScene {
  explicit Scene(int count) {
    for (int i = 0; i < count; ++i) venues_added.push_back(Add().id);
    now += absl::Hours(1);
  }
  std::vector<VenueId> venues_added;
};

TEST_CASE("every open venue gets its next certificate, by mail if wanted") {
  Scene scene(3);
  std::vector<std::pair<int64_t, int64_t>> told;
  const auto tell = [&](const ReissueProgress& progress) {
    told.emplace_back(progress.done, progress.total);
    return absl::OkStatus();
  };
  REQUIRE(scene.reissue.Run(ARequest(/*mail=*/true), tell).ok());

  CHECK(told == std::vector<std::pair<int64_t, int64_t>>{{0, 3}, {3, 3}, {3, 3}});
  for (const auto& id : scene.venues_added) {
    const EntryFile file = scene.FileOf(id);
    CHECK(file.entry.certificate->version == 2);
    CHECK(file.changes[0].action == "reissued");
    CHECK(file.changes[0].actor == kDeskOfficer);
    CHECK(file.changes[0].reason == "様式の改定");
  }
  CHECK(scene.MailsOf<CertificateMail>().size() == 3);
  CHECK(scene.last_note().action == "certificate.reissued");
}

TEST_CASE("a run is gone on with, and a finished one does nothing") {
  Scene scene(Reissue::kBatch + 1);
  const auto request = ARequest();
  const auto gone = absl::CancelledError("gone");
  const auto leave = [&](const ReissueProgress& progress) {
    return progress.done > 0 ? gone : absl::OkStatus();
  };
  CHECK(scene.reissue.Run(request, leave) == gone);
  CHECK(scene.reissue.Run(request, Stay).ok());
  CHECK(scene.reissue.Run(request, Stay).ok());
  for (const auto& id : scene.venues_added) CHECK(scene.FileOf(id).certificates.size() == 2);
  CHECK(scene.shared.QueuedMails().empty());

  auto other = request;
  other.reason = "別の理由";
  CHECK(ReasonOf(scene.reissue.Run(other, Stay)) == "REQUEST_ID_REUSED");
}

TEST_CASE("whoever leaves before the first batch has changed nothing") {
  Scene scene(2);
  const auto gone = absl::CancelledError("gone");
  CHECK(scene.reissue.Run(ARequest(), [&](const ReissueProgress& /*progress*/) { return gone; }) ==
        gone);
  CHECK(scene.FileOf(scene.venues_added[0]).certificates.size() == 1);
}

TEST_CASE("an unreachable store ends the call at whatever step, and the run can be gone on with") {
  Scene scene(2);
  const auto request = ARequest();
  const auto down = absl::UnavailableError("down");
  // Begin, Progress, Next, Issue, Next again.
  for (int step = 0; step < 5; ++step) {
    for (int i = 0; i < step; ++i) scene.reissue_store.FailNext(absl::OkStatus());
    scene.reissue_store.FailNext(down);
    INFO(step);
    CHECK(scene.reissue.Run(request, Stay) == down);
  }
  CHECK(scene.reissue.Run(request, Stay).ok());
  for (const auto& id : scene.venues_added) CHECK(scene.FileOf(id).certificates.size() == 2);
}

}  // namespace
}  // namespace oshirase::registry
