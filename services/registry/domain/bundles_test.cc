#include "services/registry/domain/bundles.h"

#include <catch2/catch.hpp>

#include "absl/time/clock.h"
#include "common/status/errors.h"
#include "services/registry/testing/business_scene.h"
#include "services/registry/testing/fake_bundle_files.h"
#include "services/registry/testing/fake_document_printer.h"

namespace oshirase::registry {
namespace {

struct BundleScene : BusinessScene {
  BundleScene() {
    now += absl::Minutes(1);
    details.name = "別館";
    REQUIRE(keeper.Add(holder, ids::NewUuid(), details, violations).ok());
  }

  BundleProgress Settled(const std::string& id) {
    for (int i = 0; i < 2000; ++i) {
      const auto progress = bundles.Get(holder.business_id, id);
      REQUIRE(progress.ok());
      if (progress->finished || progress->failed) return *progress;
      absl::SleepFor(absl::Milliseconds(5));
    }
    FAIL("the bundle does not settle");
    return {};
  }

  StartedBundle Start(BundleFormat format = BundleFormat::kPdf) {
    const auto started =
        bundles.Start(holder.business_id, {.document = DocumentKind::kPoster, .format = format});
    REQUIRE(started.ok());
    return *started;
  }

  VenueDetails details = ExampleDetails();
  Holder holder = Register();
  absl::Time bundle_now = now;  // read by the bundles' thread too, so it is moved while that sleeps
  FakeDocumentPrinter printer;
  FakeBundleFiles files;
  std::vector<absl::Status> failures;
  Bundles bundles{
      {.venues = own_venues,
       .printer = printer,
       .files = files,
       .clock = [this] { return bundle_now; },
       .on_failure = [this](const absl::Status& status) { failures.push_back(status); }}};
};

TEST_CASE("a PDF holds the document of every open venue") {
  BundleScene scene;

  const StartedBundle started = scene.Start();
  const BundleProgress progress = scene.Settled(started.bundle_id);

  CHECK(started.total == 2);
  CHECK(progress.finished);
  CHECK(progress.done == 2);
  const auto file = scene.bundles.Open(scene.holder.business_id, started.bundle_id);
  REQUIRE(file.ok());
  CHECK(*(*file)->Read(0, 1000) == "poster of 別館\nposter of 喫茶ポエム\n");
}

TEST_CASE("a ZIP holds one file per venue, with names that differ") {
  BundleScene scene;

  const StartedBundle started = scene.Start(BundleFormat::kZip);
  CHECK(scene.Settled(started.bundle_id).format == BundleFormat::kZip);

  const auto file = scene.bundles.Open(scene.holder.business_id, started.bundle_id);
  const std::string text = *(*file)->Read(0, 1000);
  CHECK(text.find("0001-poster-") == 0);
  CHECK(text.find("0002-poster-") != std::string::npos);
}

TEST_CASE("closed venues are left out, and a business without open ones gets no bundle") {
  BundleScene scene;
  REQUIRE(scene.keeper.SetState(scene.holder, scene.venue_id, VenueState::kClosed).ok());
  CHECK(scene.Start().total == 1);
  const BundleRequest request{.document = DocumentKind::kPoster, .format = BundleFormat::kPdf};

  CHECK(ReasonOf(scene.bundles.Start({ids::NewUuid()}, request).status()) == "NO_VENUES");
}

TEST_CASE("a bundle that is not finished cannot be read, and another business's is none") {
  BundleScene scene;
  scene.printer.Hold();
  const auto id = scene.Start().bundle_id;

  CHECK(ReasonOf(scene.bundles.Open(scene.holder.business_id, id).status()) == "BUNDLE_NOT_DONE");
  CHECK(ReasonOf(scene.bundles.Get({ids::NewUuid()}, id).status()) == "BUNDLE_NOT_FOUND");
  CHECK(ReasonOf(scene.bundles.Open({ids::NewUuid()}, id).status()) == "BUNDLE_NOT_FOUND");
  CHECK(ReasonOf(scene.bundles.Get(scene.holder.business_id, "x").status()) == "BUNDLE_NOT_FOUND");
  scene.printer.LetGo();
  CHECK(scene.Settled(id).finished);
}

TEST_CASE("what cannot be drawn fails the bundle, is told once, and the next one works") {
  BundleScene scene;
  scene.printer.FailNext(absl::InternalError("no fonts"));
  CHECK(scene.Settled(scene.Start().bundle_id).failed);
  scene.files.FailNext(absl::ResourceExhaustedError("disk full"));
  CHECK(scene.Settled(scene.Start().bundle_id).failed);
  CHECK(scene.Settled(scene.Start().bundle_id).finished);
  CHECK(scene.failures.size() == 2);
}

TEST_CASE("a business has two bundles at most: a third takes a finished one's place") {
  BundleScene scene;
  const auto first = scene.Start().bundle_id;
  scene.Settled(first);
  scene.printer.Hold();
  scene.Start();
  const auto third = scene.Start().bundle_id;
  CHECK(ReasonOf(scene.bundles.Get(scene.holder.business_id, first).status()) ==
        "BUNDLE_NOT_FOUND");

  const auto fourth = scene.bundles.Start(
      scene.holder.business_id, {.document = DocumentKind::kPoster, .format = BundleFormat::kPdf});
  CHECK(ReasonOf(fourth.status()) == "TOO_MANY_BUNDLES");
  scene.printer.LetGo();
  CHECK(scene.Settled(third).finished);
}

TEST_CASE("a bundle is gone after half an hour, but not for who is reading it") {
  BundleScene scene;
  const auto id = scene.Start().bundle_id;
  scene.Settled(id);
  const auto file = scene.bundles.Open(scene.holder.business_id, id);
  scene.bundle_now += Bundles::kLife;

  CHECK(ReasonOf(scene.bundles.Get(scene.holder.business_id, id).status()) == "BUNDLE_NOT_FOUND");
  CHECK((*file)->size() > 0);
}

TEST_CASE("bundles that are being drawn do not keep the process from ending") {
  BundleScene scene;
  scene.Start();
  scene.Start();
}

TEST_CASE("an unreachable store starts no bundle") {
  BundleScene scene;
  const auto down = absl::UnavailableError("down");
  scene.own_venues.FailNext(down);
  CHECK(scene.bundles.Start(scene.holder.business_id, {}).status() == down);
}

}  // namespace
}  // namespace oshirase::registry
