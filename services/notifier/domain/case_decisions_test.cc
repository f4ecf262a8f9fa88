#include "services/notifier/domain/case_decisions.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/notifier/testing/scene.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

using crypto::SignatureRole;

const absl::Time kNoon = TestNoon();

std::vector<Exposure> OneHour(Scene& scene) {
  return {scene.MakeExposure(1, kNoon - absl::Hours(3), kNoon - absl::Hours(2))};
}

Case Entered(Scene& scene) {
  const auto entered = scene.Submit(scene.MakeStatement(OneHour(scene)));
  REQUIRE_OK(entered);
  return *entered;
}

TEST_CASE("a case that one officer entered and another approved is released and approved") {
  Scene scene;
  const Case entered = Entered(scene);
  CHECK(entered.state == CaseState::kSubmitted);
  CHECK(entered.signatures_needed == 2);

  const auto approved = scene.Approve(entered.case_id, "officer-b");

  REQUIRE_OK(approved);
  CHECK(approved->state == CaseState::kApproved);
  CHECK(approved->approved_by == std::vector<std::string>{"officer-b"});
  REQUIRE(scene.registry.releases().size() == 1);
  CHECK(scene.registry.releases()[0].case_id == entered.case_id);
  CHECK(scene.registry.releases()[0].signatures.size() == 2);
  CHECK(scene.db.Actions() == std::vector<std::string>{"case.submitted", "case.approved"});
}

TEST_CASE("nobody approves their own case, and the attempt is audited") {
  Scene scene;
  const Case entered = Entered(scene);

  const auto approved = scene.Approve(entered.case_id, "officer-a");

  CHECK(ReasonOf(approved.status()) == "OWN_CASE");
  CHECK(scene.Read(entered.case_id).state == CaseState::kSubmitted);
  CHECK(scene.registry.releases().empty());
  CHECK(scene.db.Actions().back() == "case.approve.refused");
}

TEST_CASE("a signature must be the caller's own, over these bytes, recent and for this role") {
  Scene scene;
  const Case entered = Entered(scene);
  const std::string bytes = scene.cases.GetFile(entered.case_id)->statement;
  auto& decisions = scene.process().decisions;
  const auto reason = [&](const std::string& caller, const OfficerSignature& signature) {
    return ReasonOf(decisions.Approve(caller, entered.case_id, signature).status());
  };

  CHECK(reason("officer-c", scene.Sign("officer-b", SignatureRole::kApprove, bytes)) ==
        "SIGNATURE_INVALID");
  CHECK(reason("officer-b", scene.Sign("officer-b", SignatureRole::kApprove, bytes + "x")) ==
        "SIGNATURE_INVALID");
  CHECK(reason("officer-b", scene.Sign("officer-b", SignatureRole::kSubmit, bytes)) ==
        "SIGNATURE_INVALID");
  CHECK(reason("auditor", scene.Sign("auditor", SignatureRole::kApprove, bytes)) ==
        "SIGNATURE_INVALID");
  CHECK(reason("driller", scene.Sign("driller", SignatureRole::kApprove, bytes)) ==
        "SIGNATURE_INVALID");
  auto forged = scene.Sign("officer-b", SignatureRole::kApprove, bytes);
  forged.officer_id = "officer-c";
  CHECK(reason("officer-c", forged) == "SIGNATURE_INVALID");
  const auto old = scene.Sign("officer-b", SignatureRole::kApprove, bytes);
  scene.Advance(absl::Minutes(31));
  CHECK(reason("officer-b", old) == "SIGNATURE_INVALID");
  CHECK(scene.Read(entered.case_id).approved_by.empty());
}

TEST_CASE("what the registry refuses is not approved, with the registry's reason") {
  Scene scene;
  const Case entered = Entered(scene);
  // The officers are remembered from now on, so the next answer is the release's.
  REQUIRE_OK(scene.process().officers.Find("officer-b"));
  scene.registry.FailNext(
      ReasonedError(absl::StatusCode::kPermissionDenied, "DRILL_MISMATCH", "no"));

  const auto approved = scene.Approve(entered.case_id, "officer-b");

  CHECK(ReasonOf(approved.status()) == "DRILL_MISMATCH");
  CHECK(scene.Read(entered.case_id).state == CaseState::kSubmitted);
  CHECK(scene.Read(entered.case_id).approved_by.empty());
}

TEST_CASE("a registry that is down leaves the case as it was, and approving again works") {
  Scene scene;
  const Case entered = Entered(scene);
  REQUIRE_OK(scene.process().officers.Find("officer-b"));
  scene.registry.FailNext(absl::UnavailableError("down"));
  CHECK_CODE(scene.Approve(entered.case_id, "officer-b"), absl::StatusCode::kUnavailable);

  REQUIRE_OK(scene.Approve(entered.case_id, "officer-b"));

  CHECK(scene.Read(entered.case_id).state == CaseState::kApproved);
}

TEST_CASE("approving twice changes nothing") {
  Scene scene;
  const Case entered = Entered(scene);
  REQUIRE_OK(scene.Approve(entered.case_id, "officer-b"));

  const auto again = scene.Approve(entered.case_id, "officer-b");

  REQUIRE_OK(again);
  CHECK(again->signatures() == 2);
  CHECK(scene.registry.releases().size() == 1);
}

TEST_CASE("a long window needs a third signature, and only the third releases") {
  Scene scene;
  const auto entered = scene.Submit(scene.MakeStatement(
      {scene.MakeExposure(1, kNoon - absl::Hours(15), kNoon - absl::Hours(2))}));
  REQUIRE_OK(entered);
  CHECK(entered->signatures_needed == 3);

  REQUIRE_OK(scene.Approve(entered->case_id, "officer-b"));
  CHECK(scene.Read(entered->case_id).state == CaseState::kSubmitted);
  CHECK(scene.registry.releases().empty());

  REQUIRE_OK(scene.Approve(entered->case_id, "officer-c"));
  CHECK(scene.Read(entered->case_id).state == CaseState::kApproved);
  CHECK(scene.registry.releases()[0].signatures.size() == 3);
}

TEST_CASE("who approved more than 30 minutes ago signs again, so that the last signature counts") {
  Scene scene;
  const auto entered = scene.Submit(scene.MakeStatement(
      {scene.MakeExposure(1, kNoon - absl::Hours(15), kNoon - absl::Hours(2))}));
  REQUIRE_OK(entered);
  REQUIRE_OK(scene.Approve(entered->case_id, "officer-b"));
  scene.Advance(absl::Minutes(31));

  const auto renewed = scene.Approve(entered->case_id, "officer-b");

  REQUIRE_OK(renewed);
  CHECK(renewed->state == CaseState::kSubmitted);
  CHECK(renewed->signatures() == 2);
  REQUIRE_OK(scene.Approve(entered->case_id, "officer-c"));
  REQUIRE(scene.registry.releases().size() == 1);
  const auto signatures = scene.registry.releases()[0].signatures;
  REQUIRE(signatures.size() == 3);
  CHECK(signatures[1].officer_id == "officer-b");
  CHECK(signatures[1].sign_time == kNoon + absl::Minutes(31));
}

TEST_CASE("more than 5,000 visits need a third signature, also when they came after the entry") {
  Scene scene;
  const Case entered = Entered(scene);
  CHECK(entered.signatures_needed == 2);
  const absl::Time scan = kNoon - absl::Hours(3);
  for (int visit = 0; visit < 5001; ++visit) {
    scene.checkin.Add({TestVenue(1), DayOf(scan), HourOf(scan), "sealed"});
  }

  REQUIRE_OK(scene.Approve(entered.case_id, "officer-b"));

  CHECK(scene.Read(entered.case_id).state == CaseState::kSubmitted);
  CHECK(scene.Read(entered.case_id).signatures_needed == 3);
  REQUIRE_OK(scene.Approve(entered.case_id, "officer-c"));
  CHECK(scene.Read(entered.case_id).state == CaseState::kApproved);
}

TEST_CASE("a case is not approved after its time, and expires") {
  Scene scene;
  const Case entered = Entered(scene);
  scene.Advance(absl::Hours(1));

  CHECK(ReasonOf(scene.Approve(entered.case_id, "officer-b").status()) == "CASE_EXPIRED");
  const auto expired = scene.cases.Expire(scene.now());
  REQUIRE_OK(expired);
  CHECK(*expired == 1);
  CHECK(scene.Read(entered.case_id).state == CaseState::kExpired);
  CHECK(ReasonOf(scene.Approve(entered.case_id, "officer-b").status()) == "CASE_EXPIRED");
}

TEST_CASE("a rejected case is never released, and the registry is to hear of it") {
  Scene scene;
  const Case entered = Entered(scene);

  REQUIRE_OK(scene.Reject(entered.case_id, "officer-b"));

  CHECK(scene.Read(entered.case_id).state == CaseState::kRejected);
  CHECK(scene.process().voids_to_tell == 1);
  CHECK(scene.cases.UntoldVoids()->size() == 1);
  CHECK(ReasonOf(scene.Approve(entered.case_id, "officer-c").status()) == "CASE_NOT_SUBMITTED");
  REQUIRE_OK(scene.Reject(entered.case_id, "officer-b"));
}

TEST_CASE("an approved case cannot be rejected, but cancelled") {
  Scene scene;
  const auto case_id = scene.SubmitAndApprove(OneHour(scene));

  CHECK(ReasonOf(scene.Reject(case_id, "officer-b").status()) == "CASE_NOT_SUBMITTED");
  REQUIRE_OK(scene.Cancel(case_id, "officer-b"));

  scene.RunAll();
  CHECK(scene.Read(case_id).state == CaseState::kCancelled);
  CHECK(scene.line.calls().empty());
}

TEST_CASE("a case that is over can be neither paused nor resumed nor cancelled") {
  Scene scene;
  const auto case_id = scene.SubmitAndApprove(OneHour(scene));
  scene.RunAll();
  scene.Advance(absl::Hours(25));  // no late visit counts any more
  REQUIRE(scene.Read(case_id).state == CaseState::kSent);
  auto& decisions = scene.process().decisions;

  CHECK(ReasonOf(decisions.Pause("officer-a", case_id).status()) == "CASE_FINISHED");
  CHECK(ReasonOf(decisions.Resume("officer-a", case_id).status()) == "CASE_FINISHED");
  CHECK(ReasonOf(scene.Cancel(case_id, "officer-b").status()) == "CASE_FINISHED");
}

TEST_CASE("a case that waits for approval has nothing to pause") {
  Scene scene;
  const Case entered = Entered(scene);

  CHECK(ReasonOf(scene.process().decisions.Pause("officer-a", entered.case_id).status()) ==
        "CASE_NOT_RELEASED");
}

TEST_CASE("two approvals at once: the later one looks again and is the last") {
  Scene scene;
  const auto entered = scene.Submit(scene.MakeStatement(
      {scene.MakeExposure(1, kNoon - absl::Hours(15), kNoon - absl::Hours(2))}));
  REQUIRE_OK(entered);
  const auto file = scene.cases.GetFile(entered->case_id);
  // officer-b's approval as it was decided before officer-c's was committed.
  const Approval stale{
      .case_id = entered->case_id,
      .signature = scene.Sign("officer-b", SignatureRole::kApprove, file->statement),
      .signatures_needed = 3,
      .signatures_before = 1,
      .time = scene.now()};
  REQUIRE_OK(scene.Approve(entered->case_id, "officer-c"));

  CHECK_CODE(scene.cases.AddApproval(stale, {}), absl::StatusCode::kAborted);
  REQUIRE_OK(scene.Approve(entered->case_id, "officer-b"));

  CHECK(scene.Read(entered->case_id).state == CaseState::kApproved);
}

}  // namespace
}  // namespace oshirase::notifier
