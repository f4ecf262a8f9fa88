// A registry that does not release the keys (again): for now, or for good.
#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/notifier/domain/case_opener.h"
#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

const absl::Time kFrom = TestNoon() - absl::Hours(3);

std::vector<Exposure> OneHour(Scene& scene) {
  return {scene.MakeExposure(1, kFrom, kFrom + absl::Hours(1))};
}

// An approved case of whose release the process knows nothing any more.
std::string ApprovedCase(Scene& scene) {
  scene.Visit(1, 1, kFrom);
  const auto case_id = scene.SubmitAndApprove(OneHour(scene));
  scene.RestartProcess();
  return case_id;
}

std::string OpenRefusedWith(Scene& scene, const std::string& case_id, const absl::Status& refusal) {
  scene.registry.FailNext(refusal);
  return ReasonOf(scene.process().opener.Open(case_id, std::nullopt));
}

TEST_CASE(
    "a case whose keys are refused for good is cancelled with the reason, and not asked again") {
  for (const auto& [code, reason] :
       {std::pair{absl::StatusCode::kPermissionDenied, "OFFICER_REVOKED"},
        std::pair{absl::StatusCode::kPermissionDenied, "STATEMENT_CLOSED"},
        std::pair{absl::StatusCode::kInvalidArgument, "STATEMENT_INVALID"},
        std::pair{absl::StatusCode::kFailedPrecondition, "DAY_KEY_DESTROYED"}}) {
    INFO(reason);
    Scene scene;
    const auto case_id = ApprovedCase(scene);

    CHECK(OpenRefusedWith(scene, case_id, ReasonedError(code, reason, "no")) == "CASE_FINISHED");

    CHECK(scene.Read(case_id).state == CaseState::kCancelled);
    CHECK(scene.Read(case_id).pause_reason == reason);
    CHECK(scene.db.Actions().back() == "case.release-refused");
    CHECK(scene.cases.CasesToOpen()->empty());
    const size_t asked = scene.registry.releases().size();
    CHECK(ReasonOf(scene.process().opener.Open(case_id, std::nullopt)) == "CASE_FINISHED");
    CHECK(scene.registry.releases().size() == asked);
  }
}

TEST_CASE("a case whose keys are refused for a passing reason waits and is opened later") {
  for (const auto& refusal :
       {absl::UnavailableError("down"), absl::DeadlineExceededError("slow"),
        absl::PermissionDeniedError("no reason"),
        ReasonedError(absl::StatusCode::kPermissionDenied, "SIGNATURE_FROM_FUTURE", "clock"),
        ReasonedError(absl::StatusCode::kPermissionDenied, "WINDOW_IN_FUTURE", "clock"),
        ReasonedError(absl::StatusCode::kPermissionDenied, "CALLER_NOT_ALLOWED", "policy"),
        ReasonedError(absl::StatusCode::kFailedPrecondition, "DAY_KEY_LOST", "disk")}) {
    INFO(refusal);
    Scene scene;
    const auto case_id = ApprovedCase(scene);

    CHECK(OpenRefusedWith(scene, case_id, refusal) == ReasonOf(refusal));
    CHECK(scene.Read(case_id).state == CaseState::kApproved);

    REQUIRE_OK(scene.process().opener.Open(case_id, std::nullopt));
    CHECK(scene.Read(case_id).state == CaseState::kSending);
  }
}

TEST_CASE(
    "a case that was sent stays sent, and looks for no late visits, when its keys are refused") {
  Scene scene;
  const auto case_id = ApprovedCase(scene);
  scene.RunAll();
  REQUIRE(scene.Read(case_id).state == CaseState::kSent);
  const auto refusal = ReasonedError(absl::StatusCode::kPermissionDenied, "OFFICER_REVOKED", "no");

  CHECK(OpenRefusedWith(scene, case_id, refusal) == "CASE_FINISHED");

  CHECK(scene.Read(case_id).state == CaseState::kSent);
  CHECK(scene.db.Actions().back() == "case.release-refused");
  CHECK(scene.cases.CasesAwaitingLateVisits(scene.now())->empty());
  const size_t events = scene.db.Actions().size();
  CHECK(OpenRefusedWith(scene, case_id, refusal) == "CASE_FINISHED");
  CHECK(scene.db.Actions().size() == events);
}

TEST_CASE("a refusal that cannot be noted is noted the next time") {
  Scene scene;
  const auto case_id = ApprovedCase(scene);
  scene.db.FailNext(absl::OkStatus());  // the case is read
  scene.db.FailNext(absl::UnavailableError("down"));
  const auto refusal = ReasonedError(absl::StatusCode::kPermissionDenied, "STATEMENT_VOID", "no");

  CHECK(OpenRefusedWith(scene, case_id, refusal).empty());
  CHECK(scene.Read(case_id).state == CaseState::kApproved);
  CHECK(OpenRefusedWith(scene, case_id, refusal) == "CASE_FINISHED");
  CHECK(scene.Read(case_id).state == CaseState::kCancelled);
}

}  // namespace
}  // namespace oshirase::notifier
