// The service over real mutual TLS, with its access policy, on the fakes of the domain.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/server/testing/test_server.h"
#include "services/notifier/rpc/notifier_policy.h"
#include "services/notifier/rpc/notifier_service.h"
#include "services/notifier/testing/scene.h"

namespace oshirase::notifier {

// A scene whose statements are those of the wire.
struct WireScene : Scene {
  WireScene();
};

// It is noon, and the exposure of its requests began three hours before.
struct ServiceWorld {
  ServiceWorld();

  static absl::Time From() { return TestNoon() - absl::Hours(3); }

  std::unique_ptr<v1::NotifierService::Stub> As(const std::string& officer);

  // At venue 1; a drill at venue 2, which is a drill venue.
  v1::PrepareCaseRequest Prepare(bool drill = false);
  // A request as the officer's program makes it from what PrepareCase answered.
  v1::SubmitCaseRequest Submission(const std::string& officer, bool drill = false);
  // Enters a case as officer-a, or a drill as driller.
  v1::Case Submit(bool drill = false);
  absl::StatusOr<v1::Case> Approve(const std::string& officer, const std::string& case_id);

  WireScene scene;
  Scene::Process& process = scene.process();
  keyring::DayKeys tag_keys{process.day_ring, keyring::kTagKey};
  DayKeyDesk desk{process.inner_keys, tag_keys, [] { return TestNoon(); }, Scene::kRetentionDays};
  NotifierServiceImpl service{{scene.cases, process.preparer, process.previewer, process.entry,
                               process.decisions, process.fence, desk, process.departures,
                               scene.audit}};
  TestServer server{"notifier", NotifierPolicy(), {&service}};
};

}  // namespace oshirase::notifier
