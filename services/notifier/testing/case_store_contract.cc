#include <catch2/catch.hpp>

#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "services/notifier/testing/contract_parts.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

using crypto::SignatureRole;

void CheckEntering(StorePair stores) {
  SECTION("what was entered is read as it was") {
    const NewCase entered = ContractCase(stores);
    REQUIRE_OK(stores.cases.Insert(entered, ContractEvent("case.submitted")));

    const auto file = stores.cases.GetFile(entered.file.summary.case_id);

    REQUIRE_OK(file);
    CHECK(file->summary == entered.file.summary);
    CHECK(file->statement == entered.file.statement);
    CHECK(file->signatures == entered.file.signatures);
    CHECK(file->messages == entered.file.messages);
  }

  SECTION("the same request entered again returns the first case") {
    NewCase entered = ContractCase(stores);
    const auto first = stores.cases.Insert(entered, ContractEvent("case.submitted"));
    entered.file.summary.case_id = ids::NewUuid();
    const auto second = stores.cases.Insert(entered, ContractEvent("case.submitted"));

    REQUIRE_OK(first);
    REQUIRE_OK(second);
    CHECK(*first == *second);
  }

  SECTION("another statement under the same request is refused") {
    NewCase entered = ContractCase(stores);
    REQUIRE_OK(stores.cases.Insert(entered, ContractEvent("case.submitted")));
    entered.file.statement += "x";

    CHECK(ReasonOf(stores.cases.Insert(entered, ContractEvent("x.y")).status()) ==
          "REQUEST_ID_REUSED");
  }

  SECTION("a notice number that is not reserved, or another's, is refused") {
    const NewCase first = ContractCase(stores);
    REQUIRE_OK(stores.cases.Insert(first, ContractEvent("case.submitted")));
    NewCase second = ContractCase(stores);
    second.file.summary.notice_number = first.file.summary.notice_number;
    CHECK(ReasonOf(stores.cases.Insert(second, ContractEvent("x.y")).status()) == "CASE_INVALID");
    second.file.summary.notice_number = "0000000000000";
    CHECK(ReasonOf(stores.cases.Insert(second, ContractEvent("x.y")).status()) == "CASE_INVALID");
    CHECK_CODE(stores.cases.ReserveNoticeNumber(first.file.summary.notice_number, ContractTime()),
               absl::StatusCode::kAlreadyExists);
  }

  SECTION("a case nobody entered is not found") {
    const auto nobody = ids::NewUuid();
    CHECK(ReasonOf(stores.cases.Get(nobody).status()) == "CASE_NOT_FOUND");
    CHECK(ReasonOf(stores.cases.GetFile(nobody).status()) == "CASE_NOT_FOUND");
    CHECK(ReasonOf(stores.cases.Pause(nobody, "r", ContractTime(), ContractEvent("x.y"))) ==
          "CASE_NOT_FOUND");
    CHECK(ReasonOf(stores.cases.Resume(nobody, ContractTime(), ContractEvent("x.y"))) ==
          "CASE_NOT_FOUND");
  }
}

void CheckApproving(StorePair stores) {
  const auto case_id = EnterCase(stores);
  Approval approval{.case_id = case_id,
                    .signature = ContractSignature("officer-b", SignatureRole::kApprove),
                    .signatures_needed = 3,
                    .time = ContractTime() + absl::Minutes(1)};
  REQUIRE_OK(stores.cases.AddApproval(approval, ContractEvent("case.approved")));

  SECTION("an approval that is not the last leaves the case waiting") {
    const auto summary = stores.cases.Get(case_id);
    CHECK(summary->state == CaseState::kSubmitted);
    CHECK(summary->approved_by == std::vector<std::string>{"officer-b"});
    CHECK(summary->signatures_needed == 3);
  }

  SECTION("the same officer's approval again changes nothing") {
    REQUIRE_OK(stores.cases.AddApproval(approval, ContractEvent("case.approved")));
    CHECK(stores.cases.Get(case_id)->signatures() == 2);
  }

  SECTION("the same officer's approval takes the place of one that is stale") {
    approval.signature.sign_time = ContractTime() + absl::Minutes(31);
    approval.time = ContractTime() + absl::Minutes(31);
    approval.signatures_before = 2;
    REQUIRE_OK(stores.cases.AddApproval(approval, ContractEvent("case.approved")));

    const auto file = stores.cases.GetFile(case_id);
    REQUIRE(file->signatures.size() == 2);
    CHECK(file->signatures[1] == approval.signature);
    CHECK(file->summary.state == CaseState::kSubmitted);
  }

  SECTION("an approval that rests on fewer signatures than there are is to be decided again") {
    approval.signature.officer_id = "officer-c";
    CHECK_CODE(stores.cases.AddApproval(approval, ContractEvent("case.approved")),
               absl::StatusCode::kAborted);
  }

  SECTION("the last approval approves, and the number needed never falls") {
    approval.signature.officer_id = "officer-c";
    approval.signatures_before = 2;
    approval.signatures_needed = 2;
    approval.last = true;
    REQUIRE_OK(stores.cases.AddApproval(approval, ContractEvent("case.approved")));

    const auto summary = stores.cases.Get(case_id);
    CHECK(summary->state == CaseState::kApproved);
    CHECK(summary->approve_time == approval.time);
    CHECK(summary->signatures_needed == 3);
    CHECK(summary->approved_by == std::vector<std::string>{"officer-b", "officer-c"});
    CHECK(*stores.cases.CasesToOpen() == std::vector<std::string>{case_id});
    approval.signature.officer_id = "officer-d";
    CHECK(ReasonOf(stores.cases.AddApproval(approval, ContractEvent("x.y"))) ==
          "CASE_NOT_SUBMITTED");
  }
}

void CheckListing(StorePair stores) {
  SECTION("cases are listed newest first, page by page, and by state") {
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) {
      NewCase entered = ContractCase(stores);
      entered.file.summary.submit_time += absl::Seconds(i / 2);  // two share a time
      ids.push_back(stores.cases.Insert(entered, ContractEvent("case.submitted"))->case_id);
    }
    std::vector<Case> all;
    CaseQuery query{.limit = 2};
    for (auto page = stores.cases.List(query); !page->empty(); page = stores.cases.List(query)) {
      all.insert(all.end(), page->begin(), page->end());
      query.before_time = all.back().submit_time;
      query.before_id = all.back().case_id;
    }
    REQUIRE(all.size() == 5);
    for (size_t i = 1; i < all.size(); ++i) CHECK(all[i - 1].submit_time >= all[i].submit_time);
    CHECK(stores.cases.List({.state = CaseState::kSent, .limit = 10})->empty());
    CHECK(stores.cases.List({.state = CaseState::kSubmitted, .limit = 10})->size() == 5);
  }

  SECTION("drills can be listed alone") {
    EnterCase(stores);
    NewCase drill = ContractCase(stores);
    drill.file.summary.drill = true;
    REQUIRE_OK(stores.cases.Insert(drill, ContractEvent("case.submitted")));
    const auto listed = stores.cases.List({.drills_only = true});
    REQUIRE_OK(listed);
    REQUIRE(listed->size() == 1);
    CHECK(listed->front().case_id == drill.file.summary.case_id);
    CHECK(stores.cases.List({})->size() == 2);
  }

  SECTION("late visits are awaited until the release ends, of cases that were opened") {
    const auto opened = PlanCase(stores, {1});
    ApproveCase(stores);
    const auto end = ContractTime() + absl::Hours(24);
    const auto awaiting = stores.cases.CasesAwaitingLateVisits(end - absl::Seconds(1));
    REQUIRE_OK(awaiting);
    REQUIRE(awaiting->size() == 1);
    CHECK(awaiting->front().case_id == opened);
    CHECK(awaiting->front().rows_seen == 100);
    CHECK(stores.cases.CasesAwaitingLateVisits(end)->empty());
  }
}

}  // namespace

void CheckCaseStoreContract(StorePair stores) {
  SECTION("entering") { CheckEntering(stores); }
  SECTION("approving") { CheckApproving(stores); }
  SECTION("stopping") { CheckCaseStopsContract(stores); }
  SECTION("listing") { CheckListing(stores); }
}

void CheckFollowStoreContract(FollowStore& follows) {
  const auto person = crypto::Sha256("person");
  const auto other = crypto::Sha256("other");
  const absl::Time time = ContractTime();
  const auto left = [&] { return follows.Left({other, person})->size() == 1; };

  SECTION("who was never heard of has not left") { CHECK_FALSE(left()); }

  SECTION("the newer event wins, in whatever order they come") {
    REQUIRE_OK(follows.Record({person, time, false}));
    CHECK(left());
    REQUIRE_OK(follows.Record({person, time - absl::Seconds(1), true}));
    CHECK(left());
    REQUIRE_OK(follows.Record({person, time + absl::Seconds(1), true}));
    CHECK_FALSE(left());
    REQUIRE_OK(follows.Record({person, time, false}));
    CHECK_FALSE(left());
  }

  SECTION("of two events at the same time leaving wins") {
    REQUIRE_OK(follows.Record({person, time, true}));
    REQUIRE_OK(follows.Record({person, time, false}));
    CHECK(left());
    REQUIRE_OK(follows.Record({person, time, true}));
    CHECK(left());
  }

  SECTION("asking about nobody is answered") { CHECK(follows.Left({})->empty()); }
}

}  // namespace oshirase::notifier
