#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/notifier/testing/contract_parts.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {

namespace {

using Outcome = AttemptEnd::Outcome;

absl::Time Later(int minutes) { return ContractTime() + absl::Minutes(10 + minutes); }

// Ends all batches of a case in one way each, in the order they are claimed.
void EndAll(StorePair stores, const std::vector<Outcome>& outcomes) {
  for (const Outcome outcome : outcomes) {
    const auto claimed = ClaimAt(stores, Later(0), 1);
    REQUIRE(claimed.size() == 1);
    REQUIRE_OK(BeginAt(stores, claimed[0], Later(0)));
    AttemptEnd end = EndOf(claimed[0], outcome, Later(1));
    end.doubtful = outcome == Outcome::kUnknown;
    REQUIRE_OK(stores.outbox.EndAttempt(end));
  }
}

void CheckFinishing(StorePair stores) {
  SECTION("a case with open batches goes on") {
    const auto case_id = PlanCase(stores, {1, 1});
    EndAll(stores, {Outcome::kAccepted});
    CHECK_FALSE(*stores.outbox.FinishCase(case_id, Later(2)));
    CHECK(*stores.outbox.CasesInSending() == std::vector<std::string>{case_id});
  }

  SECTION("all accepted is SENT, once") {
    const auto case_id = PlanCase(stores, {1, 1});
    EndAll(stores, {Outcome::kAccepted, Outcome::kAccepted});
    CHECK(*stores.outbox.FinishCase(case_id, Later(2)));
    CHECK_FALSE(*stores.outbox.FinishCase(case_id, Later(3)));
    CHECK(StateOf(stores, case_id) == CaseState::kSent);
    CHECK(stores.cases.Get(case_id)->sending_finish_time == Later(2));
  }

  SECTION("a case that was sent, paused and resumed is SENT as of the first time") {
    const auto case_id = PlanCase(stores, {1});
    EndAll(stores, {Outcome::kAccepted});
    REQUIRE(*stores.outbox.FinishCase(case_id, Later(2)));
    REQUIRE_OK(stores.cases.Pause(case_id, "WHY", Later(3), ContractEvent("case.paused")));
    REQUIRE_OK(stores.cases.Resume(case_id, Later(4), ContractEvent("case.resumed")));
    CHECK(*stores.outbox.FinishCase(case_id, Later(5)));
    CHECK(StateOf(stores, case_id) == CaseState::kSent);
    CHECK(stores.cases.Get(case_id)->sending_finish_time == Later(2));
  }

  SECTION("some accepted is PARTIAL") {
    const auto case_id = PlanCase(stores, {1, 1});
    EndAll(stores, {Outcome::kAccepted, Outcome::kRejected});
    CHECK(*stores.outbox.FinishCase(case_id, Later(2)));
    CHECK(StateOf(stores, case_id) == CaseState::kPartial);
  }

  SECTION("none accepted waits for a person") {
    const auto case_id = PlanCase(stores, {1});
    EndAll(stores, {Outcome::kUnknown});
    CHECK(*stores.outbox.FinishCase(case_id, Later(2)));
    CHECK(StateOf(stores, case_id) == CaseState::kPaused);
    CHECK(stores.cases.Get(case_id)->pause_reason == "NOTHING_ACCEPTED");
  }
}

void CheckSettling(StorePair stores) {
  const auto case_id = PlanCase(stores, {2, 1});
  EndAll(stores, {Outcome::kUnknown, Outcome::kAccepted});
  REQUIRE(*stores.outbox.FinishCase(case_id, Later(2)));

  SECTION("again means new keys, and SENDING") {
    REQUIRE_OK(stores.outbox.SettleUnknown(case_id, Settlement::kResend, ContractEvent("x.y")));
    CHECK(StateOf(stores, case_id) == CaseState::kSending);
    const auto claimed = ClaimAt(stores, Later(3));
    REQUIRE(claimed.size() == 1);
    CHECK(claimed[0].attempts == 0);
    CHECK_FALSE(claimed[0].doubtful);
    CHECK_FALSE(claimed[0].first_attempt_time.has_value());
    CHECK_FALSE(claimed[0].content.sealed_recipients.empty());
  }

  SECTION("again does not start what somebody stopped, but what only ran out of batches") {
    const auto other = PlanCase(stores, {1, 1});
    EndAll(stores, {Outcome::kUnknown});
    REQUIRE_OK(stores.cases.Pause(other, "OFFICER", ContractTime(), ContractEvent("x.y")));
    REQUIRE_OK(stores.outbox.SettleUnknown(other, Settlement::kResend, ContractEvent("x.y")));
    CHECK(StateOf(stores, other) == CaseState::kPaused);
    CHECK(stores.cases.Get(other)->pause_reason == "OFFICER");

    const auto stalled = PlanCase(stores, {1});
    EndAll(stores, {Outcome::kUnknown});
    REQUIRE(*stores.outbox.FinishCase(stalled, Later(2)));
    REQUIRE_OK(stores.outbox.SettleUnknown(stalled, Settlement::kResend, ContractEvent("x.y")));
    CHECK(StateOf(stores, stalled) == CaseState::kSending);
  }

  SECTION("giving up leaves them unknown and can be done once") {
    REQUIRE_OK(stores.outbox.SettleUnknown(case_id, Settlement::kGiveUp, ContractEvent("x.y")));
    CHECK(StateOf(stores, case_id) == CaseState::kPartial);
    CHECK(CountsOf(stores, case_id).unknown > 0);
    CHECK(ReasonOf(stores.outbox.SettleUnknown(case_id, Settlement::kGiveUp,
                                               ContractEvent("x.y"))) == "NOTHING_TO_SETTLE");
    CHECK(ReasonOf(stores.outbox.SettleUnknown(case_id, Settlement::kResend,
                                               ContractEvent("x.y"))) == "NOTHING_TO_SETTLE");
  }

  SECTION("giving up a case of which nothing was accepted ends it") {
    const auto other = PlanCase(stores, {2});
    EndAll(stores, {Outcome::kUnknown});
    REQUIRE(*stores.outbox.FinishCase(other, Later(2)));
    REQUIRE_OK(stores.outbox.SettleUnknown(other, Settlement::kGiveUp, ContractEvent("x.y")));
    CHECK(StateOf(stores, other) == CaseState::kCancelled);
  }
}

void CheckForgetting(StorePair stores) {
  const absl::Time release_end = ContractTime() + absl::Hours(24);
  const auto to_forget = [&](absl::Time now) {
    return *stores.outbox.CasesToForget(now, now - absl::Hours(7 * 24));
  };

  SECTION("a case that was sent is forgotten when no late visit is possible") {
    const auto case_id = PlanCase(stores, {1});
    EndAll(stores, {Outcome::kAccepted});
    REQUIRE(*stores.outbox.FinishCase(case_id, Later(2)));
    CHECK(to_forget(release_end - absl::Seconds(1)).empty());
    CHECK(to_forget(release_end) == std::vector<std::string>{case_id});

    REQUIRE_OK(stores.outbox.Forget(case_id, release_end));
    REQUIRE_OK(stores.outbox.Forget(case_id, release_end));
    CHECK(to_forget(release_end).size() == 1);
    REQUIRE_OK(stores.outbox.MarkForgotten(case_id, release_end));
    REQUIRE_OK(stores.outbox.MarkForgotten(case_id, release_end));
    CHECK(to_forget(release_end).empty());
    CHECK(stores.outbox.ToldPeople(case_id)->empty());
    CHECK(StateOf(stores, case_id) == CaseState::kSent);
  }

  SECTION("a batch in doubt keeps the case's key, but not for more than 7 days") {
    const auto case_id = PlanCase(stores, {1, 1});
    EndAll(stores, {Outcome::kAccepted, Outcome::kUnknown});
    REQUIRE(*stores.outbox.FinishCase(case_id, Later(2)));
    CHECK(to_forget(release_end).empty());
    CHECK(to_forget(ContractTime() + absl::Hours(7 * 24) + absl::Hours(1)).size() == 1);
  }

  SECTION("what is unsent when a case is forgotten stays unsent") {
    const auto case_id = PlanCase(stores, {1, 2});
    EndAll(stores, {Outcome::kAccepted});
    REQUIRE_OK(stores.outbox.Forget(case_id, release_end));
    CHECK(StateOf(stores, case_id) == CaseState::kPartial);
    CHECK(CountsOf(stores, case_id).unsent + CountsOf(stores, case_id).accepted == 3);
    CHECK(CountsOf(stores, case_id).unsent > 0);
    CHECK(ClaimAt(stores, release_end).empty());
  }

  SECTION("a case that was sent and then paused is SENT again when it is forgotten") {
    const auto case_id = PlanCase(stores, {1});
    EndAll(stores, {Outcome::kAccepted});
    REQUIRE(*stores.outbox.FinishCase(case_id, Later(2)));
    REQUIRE_OK(stores.cases.Pause(case_id, "WHY", Later(3), ContractEvent("case.paused")));
    REQUIRE_OK(stores.outbox.Forget(case_id, release_end));
    CHECK(StateOf(stores, case_id) == CaseState::kSent);
  }

  SECTION(
      "an approved case that was never opened is forgotten when it is cancelled, or after 7 days") {
    const auto waiting = ApproveCase(stores);
    const auto cancelled = ApproveCase(stores);
    EnterCase(stores);
    REQUIRE_OK(
        stores.cases.End({cancelled, CaseState::kCancelled,
                          ContractSignature("officer-b", crypto::SignatureRole::kReject), Later(0)},
                         ContractEvent("case.cancelled")));
    CHECK(to_forget(Later(0)) == std::vector<std::string>{cancelled});
    CHECK(to_forget(Later(0) + absl::Hours(7 * 24)).size() == 2);

    REQUIRE_OK(stores.outbox.Forget(waiting, Later(1)));
    CHECK(StateOf(stores, waiting) == CaseState::kCancelled);
    CHECK(stores.cases.CasesToOpen()->empty());
  }

  SECTION("which cases are forgotten can be asked by their ids") {
    const auto forgotten = PlanCase(stores, {1});
    const auto other = PlanCase(stores, {1});
    REQUIRE_OK(stores.outbox.MarkForgotten(forgotten, release_end));
    CHECK(*stores.outbox.Forgotten({other, "no-case", forgotten}) ==
          std::vector<std::string>{forgotten});
    CHECK(stores.outbox.Forgotten({})->empty());
  }

  SECTION("figures tell what is open") {
    PlanCase(stores, {1, 2});
    const auto figures = stores.outbox.Figures();
    REQUIRE_OK(figures);
    CHECK(figures->planned == 2);
    CHECK(figures->sending == 0);
    CHECK(figures->cases.at(CaseState::kSending) == 1);
    CHECK(figures->oldest_open == ContractTime() + absl::Minutes(2));
  }
}

}  // namespace

void CheckOutboxEndsContract(StorePair stores) {
  SECTION("finishing") { CheckFinishing(stores); }
  SECTION("settling") { CheckSettling(stores); }
  SECTION("forgetting") { CheckForgetting(stores); }
}

}  // namespace oshirase::notifier
