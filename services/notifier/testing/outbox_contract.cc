#include <catch2/catch.hpp>

#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "services/notifier/testing/contract_parts.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

using Outcome = AttemptEnd::Outcome;

absl::Time Later(int minutes) { return ContractTime() + absl::Minutes(10 + minutes); }

CaseEnd Cancellation(const std::string& case_id, absl::Time time) {
  return {case_id, CaseState::kCancelled,
          ContractSignature("officer-b", crypto::SignatureRole::kReject), time};
}

void CheckPlanning(StorePair stores) {
  SECTION("a plan brings batches, people and counts, and the case to SENDING") {
    const auto case_id = ApproveCase(stores);
    CasePlan plan = ContractPlan(case_id, {3, 2});
    plan.suppressed = 4;
    plan.unreadable = 5;
    REQUIRE_OK(stores.outbox.Plan(plan, ContractEvent("case.planned")));

    CHECK(StateOf(stores, case_id) == CaseState::kSending);
    CHECK(CountsOf(stores, case_id) == Counts{.suppressed = 4, .unreadable = 5, .pending = 5});
    CHECK(stores.outbox.ToldPeople(case_id)->size() == 5);
    CHECK(stores.cases.Get(case_id)->release_end_time == plan.release_end_time);
  }

  SECTION("a plan without anybody ends an approved case as SENT") {
    CHECK(StateOf(stores, PlanCase(stores, {})) == CaseState::kSent);
  }

  SECTION("a person who was told makes a second plan fail whole") {
    const auto case_id = PlanCase(stores, {3});
    CasePlan again = ContractPlan(case_id, {2});
    again.told.front() = stores.outbox.ToldPeople(case_id)->front();

    CHECK_CODE(stores.outbox.Plan(again, ContractEvent("case.planned")),
               absl::StatusCode::kAlreadyExists);
    CHECK(CountsOf(stores, case_id).pending == 3);
    CHECK(stores.outbox.ToldPeople(case_id)->size() == 3);
  }

  SECTION("a late plan brings a case that was sent back to SENDING") {
    const auto case_id = PlanCase(stores, {});
    REQUIRE_OK(stores.outbox.Plan(ContractPlan(case_id, {2}), ContractEvent("case.planned")));
    CHECK(StateOf(stores, case_id) == CaseState::kSending);
    CHECK_FALSE(stores.cases.Get(case_id)->sending_finish_time.has_value());
  }

  SECTION("a paused case stays paused") {
    const auto case_id = PlanCase(stores, {1});
    REQUIRE_OK(stores.cases.Pause(case_id, "WHY", ContractTime(), ContractEvent("case.paused")));
    REQUIRE_OK(stores.outbox.Plan(ContractPlan(case_id, {2}), ContractEvent("case.planned")));
    CHECK(StateOf(stores, case_id) == CaseState::kPaused);
  }

  SECTION("a case that was not approved, or was ended, is not planned") {
    const auto waiting = EnterCase(stores);
    CHECK(ReasonOf(stores.outbox.Plan(ContractPlan(waiting, {1}), ContractEvent("x.y"))) ==
          "CASE_FINISHED");
    const auto cancelled = ApproveCase(stores);
    REQUIRE_OK(stores.cases.End(Cancellation(cancelled, Later(0)), ContractEvent("x.y")));
    CHECK(ReasonOf(stores.outbox.Plan(ContractPlan(cancelled, {1}), ContractEvent("x.y"))) ==
          "CASE_FINISHED");
  }
}

void CheckClaiming(StorePair stores) {
  const auto case_id = PlanCase(stores, {3, 2});

  SECTION("a batch is claimed by one worker until its lease ends, with the same key and bytes") {
    const auto first = ClaimAt(stores, Later(0), 1);
    REQUIRE(first.size() == 1);
    CHECK(ClaimAt(stores, Later(0)).size() == 1);
    CHECK(ClaimAt(stores, Later(0)).empty());

    const auto again = ClaimAt(stores, Later(1));
    REQUIRE(again.size() == 2);
    const auto& same = again[0].batch_id == first[0].batch_id ? again[0] : again[1];
    CHECK(same.content.retry_key == first[0].content.retry_key);
    CHECK(same.content.body_sha256 == first[0].content.body_sha256);
    CHECK(same.content.sealed_recipients == first[0].content.sealed_recipients);
    CHECK_FALSE(same.doubtful);
  }

  SECTION("a lease that ends during an attempt leaves doubt") {
    const auto claimed = ClaimAt(stores, Later(0), 1);
    REQUIRE_OK(BeginAt(stores, claimed[0], Later(0)));
    const auto again = ClaimAt(stores, Later(1));
    const auto& same = again[0].batch_id == claimed[0].batch_id ? again[0] : again[1];
    CHECK(same.doubtful);
    CHECK(same.attempts == 1);
    CHECK(same.first_attempt_time == Later(0));
  }

  SECTION("nothing of a paused case is claimed or begun") {
    const auto claimed = ClaimAt(stores, Later(0), 1);
    REQUIRE_OK(stores.cases.Pause(case_id, "WHY", ContractTime(), ContractEvent("case.paused")));
    CHECK_CODE(BeginAt(stores, claimed[0], Later(0)), absl::StatusCode::kAborted);
    CHECK(ClaimAt(stores, Later(5)).empty());
    CHECK_FALSE(stores.outbox.NextClaimTime()->has_value());
  }

  SECTION("a batch given back can be claimed at once, untried") {
    const auto claimed = ClaimAt(stores, Later(0), 1);
    REQUIRE_OK(stores.outbox.Release(claimed[0], Later(0)));
    REQUIRE_OK(stores.outbox.Release(claimed[0], Later(0)));
    CHECK(ClaimAt(stores, Later(0)).size() == 2);
  }

  SECTION("whoever lost the lease cannot begin") {
    const auto claimed = ClaimAt(stores, Later(0));
    ClaimAt(stores, Later(1));
    CHECK_CODE(BeginAt(stores, claimed[0], Later(1)), absl::StatusCode::kAborted);
  }

  SECTION("the first attempt keeps its time, and can change the content of the batch") {
    const auto claimed = ClaimAt(stores, Later(0), 1);
    const BatchContent content{.retry_key = ids::NewUuid(),
                               .body_sha256 = crypto::Sha256("new"),
                               .sealed_recipients = "new",
                               .people = claimed[0].content.people - 1};
    const auto begun = stores.outbox.BeginAttempt({.batch_id = claimed[0].batch_id,
                                                   .lease_id = claimed[0].lease_id,
                                                   .now = Later(0),
                                                   .lease = absl::Minutes(1),
                                                   .rewritten = content});
    REQUIRE_OK(begun);
    CHECK(*begun == Later(0));
    CHECK(CountsOf(stores, case_id).suppressed == 1);
    CHECK(CountsOf(stores, case_id).pending == 4);
    CHECK(stores.cases.Get(case_id)->sending_start_time == Later(0));
    for (const auto& again : ClaimAt(stores, Later(1))) {
      if (again.batch_id != claimed[0].batch_id) continue;
      CHECK(again.content.retry_key == content.retry_key);
      CHECK(again.content.sealed_recipients == "new");
    }
  }

  SECTION("messages are read as they were entered") {
    CHECK(*stores.outbox.MessageOf(case_id, "ja") == "[{\"type\":\"text\"}]");
    CHECK_CODE(stores.outbox.MessageOf(case_id, "xx"), absl::StatusCode::kNotFound);
  }
}

void CheckOutcomes(StorePair stores) {
  const auto case_id = PlanCase(stores, {3});
  const auto claimed = ClaimAt(stores, Later(0));
  REQUIRE(claimed.size() == 1);
  const ClaimedBatch& batch = claimed[0];
  REQUIRE_OK(BeginAt(stores, batch, Later(0)));

  SECTION("an acceptance settles, and counts though the lease was lost") {
    ClaimAt(stores, Later(2));
    REQUIRE_OK(stores.outbox.EndAttempt(EndOf(batch, Outcome::kAccepted, Later(2))));
    REQUIRE_OK(stores.outbox.EndAttempt(EndOf(batch, Outcome::kAccepted, Later(3))));
    CHECK(CountsOf(stores, case_id).accepted == 3);
    CHECK(stores.cases.Get(case_id)->last_accept_time == Later(2));
    CHECK(ClaimAt(stores, Later(9)).empty());
  }

  SECTION("a retry waits for its time, with the doubt that was found") {
    AttemptEnd end = EndOf(batch, Outcome::kRetry, Later(0));
    end.retry_time = Later(5);
    REQUIRE_OK(stores.outbox.EndAttempt(end));
    CHECK(ClaimAt(stores, Later(4)).empty());
    CHECK(*stores.outbox.NextClaimTime() == Later(5));
    CHECK_FALSE(ClaimAt(stores, Later(5))[0].doubtful);
  }

  SECTION("whoever lost the lease cannot settle anything but an acceptance") {
    ClaimAt(stores, Later(2));
    CHECK_CODE(stores.outbox.EndAttempt(EndOf(batch, Outcome::kRejected, Later(2))),
               absl::StatusCode::kAborted);
  }

  SECTION("a split puts halves in the batch's place; when both get the same the case stops") {
    AttemptEnd end = EndOf(batch, Outcome::kSplit, Later(0));
    end.line_status = 400;
    const CasePlan halves = ContractPlan(case_id, {2, 1});
    end.split = BatchSplit{halves.batches[0], halves.batches[1]};
    REQUIRE_OK(stores.outbox.EndAttempt(end));

    CHECK(CountsOf(stores, case_id).pending == 3);
    const auto parts = ClaimAt(stores, Later(0));
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].parent_id == batch.batch_id);
    const auto refuse = [&](const ClaimedBatch& part, int status) {
      AttemptEnd refused = EndOf(part, Outcome::kRejected, Later(0));
      refused.line_status = status;
      refused.pause_reason_of_both = "BOTH";
      const auto stopped = stores.outbox.EndAttempt(refused);
      REQUIRE_OK(stopped);
      return *stopped;
    };
    CHECK(refuse(parts[1], 400).empty());
    CHECK(StateOf(stores, case_id) == CaseState::kSending);
    SECTION("alike") {
      CHECK(refuse(parts[0], 400) == "BOTH");
      CHECK(StateOf(stores, case_id) == CaseState::kPaused);
      CHECK(stores.cases.Get(case_id)->pause_reason == "BOTH");
    }
    SECTION("differently") {
      CHECK(refuse(parts[0], 413).empty());
      CHECK(StateOf(stores, case_id) == CaseState::kSending);
    }
  }

  SECTION("a reason to pause stops the case in the same step") {
    AttemptEnd end = EndOf(batch, Outcome::kRetry, Later(0));
    end.pause_reason = "LINE_UNAUTHORIZED";
    CHECK(*stores.outbox.EndAttempt(end) == "LINE_UNAUTHORIZED");
    CHECK(StateOf(stores, case_id) == CaseState::kPaused);
    CHECK(stores.cases.Get(case_id)->pause_reason == "LINE_UNAUTHORIZED");
  }

  SECTION("in a cancelled case an attempt in doubt is unknown, one without doubt is unsent") {
    REQUIRE_OK(stores.cases.End(Cancellation(case_id, Later(0)), ContractEvent("x.y")));
    CHECK(CountsOf(stores, case_id).pending == 3);
    AttemptEnd end = EndOf(batch, Outcome::kRetry, Later(0));
    SECTION("in doubt") {
      end.doubtful = true;
      REQUIRE_OK(stores.outbox.EndAttempt(end));
      CHECK(CountsOf(stores, case_id) == Counts{.unknown = 3});
    }
    SECTION("without doubt") {
      REQUIRE_OK(stores.outbox.EndAttempt(end));
      CHECK(CountsOf(stores, case_id) == Counts{.unsent = 3});
    }
  }

  SECTION("what a dead worker held of a cancelled case is swept when its lease ends") {
    REQUIRE_OK(stores.cases.End(Cancellation(case_id, Later(0)), ContractEvent("x.y")));
    REQUIRE_OK(stores.outbox.SweepCancelled(Later(0)));
    CHECK(CountsOf(stores, case_id).pending == 3);
    REQUIRE_OK(stores.outbox.SweepCancelled(Later(1)));
    CHECK(CountsOf(stores, case_id) == Counts{.unknown = 3});
  }
}

}  // namespace

void CheckOutboxContract(StorePair stores) {
  SECTION("planning") { CheckPlanning(stores); }
  SECTION("claiming") { CheckClaiming(stores); }
  SECTION("outcomes") { CheckOutcomes(stores); }
  SECTION("ends") { CheckOutboxEndsContract(stores); }
}

}  // namespace oshirase::notifier
