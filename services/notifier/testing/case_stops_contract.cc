// How cases are ended and paused by people.
#include <catch2/catch.hpp>

#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "services/notifier/testing/contract_parts.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

using crypto::SignatureRole;

void CheckEnding(StorePair stores) {
  const auto signature = ContractSignature("officer-b", SignatureRole::kReject);
  const auto rejection = [&](const std::string& case_id) {
    return stores.cases.End({case_id, CaseState::kRejected, signature, ContractTime()},
                            ContractEvent("case.rejected"));
  };

  SECTION("a rejected case waits for the registry to hear of it") {
    const auto case_id = EnterCase(stores);
    REQUIRE_OK(rejection(case_id));
    REQUIRE_OK(rejection(case_id));
    CHECK(StateOf(stores, case_id) == CaseState::kRejected);

    const auto voids = stores.cases.UntoldVoids();
    REQUIRE_OK(voids);
    REQUIRE(voids->size() == 1);
    CHECK(voids->front().case_id == case_id);
    CHECK(voids->front().signature == signature);
    CHECK(stores.cases.Get(case_id)->signatures() == 1);
    REQUIRE_OK(stores.cases.MarkVoidTold(case_id));
    CHECK(stores.cases.UntoldVoids()->empty());
  }

  SECTION("an approved case is not rejected any more") {
    CHECK(ReasonOf(rejection(ApproveCase(stores))) == "CASE_NOT_SUBMITTED");
  }

  SECTION("a finished case is not cancelled any more") {
    const auto case_id = EnterCase(stores);
    REQUIRE_OK(rejection(case_id));
    CHECK(ReasonOf(stores.cases.End({case_id, CaseState::kCancelled, signature, ContractTime()},
                                    ContractEvent("x.y"))) == "CASE_FINISHED");
  }

  SECTION("a case that was sent is cancelled while late visits count, and not later") {
    const auto release_end = ContractTime() + absl::Hours(24);
    const auto cancel = [&](const std::string& case_id, absl::Time now) {
      return stores.cases.End({case_id, CaseState::kCancelled, signature, now},
                              ContractEvent("case.cancelled"));
    };
    const auto late = PlanCase(stores, {});
    CHECK(ReasonOf(cancel(late, release_end)) == "CASE_FINISHED");
    const auto sent = PlanCase(stores, {});
    REQUIRE(StateOf(stores, sent) == CaseState::kSent);
    REQUIRE_OK(cancel(sent, release_end - absl::Seconds(1)));

    CHECK(StateOf(stores, sent) == CaseState::kCancelled);
    const auto awaiting = stores.cases.CasesAwaitingLateVisits(ContractTime());
    REQUIRE_OK(awaiting);
    REQUIRE(awaiting->size() == 1);
    CHECK(awaiting->front().case_id == late);
    CHECK(ReasonOf(stores.outbox.Plan(ContractPlan(sent, {1}), ContractEvent("x.y"))) ==
          "CASE_FINISHED");
    CHECK(stores.cases.UntoldVoids()->size() == 1);
  }

  SECTION("only cases that wait expire, at their time") {
    const auto waiting = EnterCase(stores);
    const auto approved = ApproveCase(stores);
    CHECK(*stores.cases.Expire(ContractTime() + absl::Hours(1) - absl::Seconds(1)) == 0);
    CHECK(*stores.cases.Expire(ContractTime() + absl::Hours(1)) == 1);
    CHECK(StateOf(stores, waiting) == CaseState::kExpired);
    CHECK(StateOf(stores, approved) == CaseState::kApproved);
  }
}

void CheckPausing(StorePair stores) {
  SECTION("a case that was never opened goes back to APPROVED") {
    const auto case_id = ApproveCase(stores);
    REQUIRE_OK(stores.cases.Pause(case_id, "WHY", ContractTime(), ContractEvent("case.paused")));
    REQUIRE_OK(stores.cases.Pause(case_id, "OTHER", ContractTime(), ContractEvent("case.paused")));
    CHECK(stores.cases.Get(case_id)->pause_reason == "WHY");
    CHECK(stores.cases.CasesToOpen()->empty());
    REQUIRE_OK(stores.cases.Resume(case_id, ContractTime(), ContractEvent("case.resumed")));
    CHECK(StateOf(stores, case_id) == CaseState::kApproved);
    CHECK(stores.cases.Get(case_id)->pause_reason.empty());
  }

  SECTION("a case with batches goes back to SENDING") {
    const auto case_id = PlanCase(stores, {3});
    REQUIRE_OK(stores.cases.Pause(case_id, "WHY", ContractTime(), ContractEvent("case.paused")));
    REQUIRE_OK(stores.cases.Resume(case_id, ContractTime(), ContractEvent("case.resumed")));
    CHECK(StateOf(stores, case_id) == CaseState::kSending);
  }

  SECTION("a case that was sent is paused while late visits count, and not later") {
    const auto release_end = ContractTime() + absl::Hours(24);
    const auto case_id = PlanCase(stores, {});
    CHECK(ReasonOf(stores.cases.Pause(case_id, "WHY", release_end, ContractEvent("x.y"))) ==
          "CASE_FINISHED");
    const auto before = release_end - absl::Seconds(1);
    REQUIRE_OK(stores.cases.Resume(case_id, before, ContractEvent("x.y")));
    CHECK(StateOf(stores, case_id) == CaseState::kSent);
    REQUIRE_OK(stores.cases.Pause(case_id, "WHY", before, ContractEvent("case.paused")));
    REQUIRE_OK(stores.outbox.Plan(ContractPlan(case_id, {1}), ContractEvent("case.planned")));
    CHECK(StateOf(stores, case_id) == CaseState::kPaused);
    CHECK(ClaimAt(stores, release_end).empty());
    REQUIRE_OK(stores.cases.Resume(case_id, release_end, ContractEvent("case.resumed")));
    CHECK(StateOf(stores, case_id) == CaseState::kSending);
    CHECK(ClaimAt(stores, release_end).size() == 1);
  }

  SECTION("a case that waits for approval cannot be paused") {
    CHECK(ReasonOf(stores.cases.Pause(EnterCase(stores), "WHY", ContractTime(),
                                      ContractEvent("x.y"))) == "CASE_NOT_RELEASED");
  }

  SECTION("a delay is noted while a case waits to be opened, and planning ends it") {
    const auto case_id = ApproveCase(stores);
    REQUIRE_OK(stores.cases.NoteDelay(case_id, "CHECKIN_DOWN"));
    CHECK(stores.cases.Get(case_id)->pause_reason == "CHECKIN_DOWN");
    REQUIRE_OK(stores.outbox.Plan(ContractPlan(case_id, {1}), ContractEvent("case.planned")));
    CHECK(stores.cases.Get(case_id)->pause_reason.empty());
  }
}

void CheckRefusing(StorePair stores) {
  const auto refuse = [&](const std::string& case_id) {
    return stores.cases.RefuseRelease({case_id, "WHY", ContractTime() + absl::Hours(1)},
                                      ContractEvent("case.release-refused"));
  };

  SECTION("a case that was never opened is cancelled with the reason, which outlives its key") {
    const auto approved = ApproveCase(stores);
    const auto paused = ApproveCase(stores);
    REQUIRE_OK(stores.cases.Pause(paused, "OFFICER", ContractTime(), ContractEvent("x.y")));
    for (const auto& case_id : {approved, paused}) {
      REQUIRE_OK(refuse(case_id));
      REQUIRE_OK(refuse(case_id));
      REQUIRE_OK(stores.outbox.Forget(case_id, ContractTime() + absl::Hours(2)));
      CHECK(StateOf(stores, case_id) == CaseState::kCancelled);
      CHECK(stores.cases.Get(case_id)->pause_reason == "WHY");
    }
    CHECK(stores.cases.CasesToOpen()->empty());
    CHECK(stores.cases.UntoldVoids()->empty());
  }

  SECTION("a case that was opened goes on with what it has, without late visits") {
    const auto case_id = PlanCase(stores, {1});
    REQUIRE_OK(refuse(case_id));
    CHECK(StateOf(stores, case_id) == CaseState::kSending);
    CHECK(stores.cases.Get(case_id)->release_end_time == ContractTime() + absl::Hours(1));
    CHECK(stores.cases.CasesAwaitingLateVisits(ContractTime() + absl::Hours(1))->empty());
  }

  SECTION("a case that was never released, or ended, stays as it is") {
    const auto waiting = EnterCase(stores);
    REQUIRE_OK(refuse(waiting));
    CHECK(StateOf(stores, waiting) == CaseState::kSubmitted);
    CHECK(ReasonOf(refuse(ids::NewUuid())) == "CASE_NOT_FOUND");
  }
}

}  // namespace

void CheckCaseStopsContract(StorePair stores) {
  SECTION("ending") { CheckEnding(stores); }
  SECTION("pausing") { CheckPausing(stores); }
  SECTION("refusing") { CheckRefusing(stores); }
}

}  // namespace oshirase::notifier
