#include "services/notifier/testing/contract_parts.h"

#include "common/ids/public_number.h"
#include "common/ids/uuid.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {

absl::Time ContractTime() { return absl::FromUnixSeconds(1606878000); }

OfficerSignature ContractSignature(const std::string& officer_id, crypto::SignatureRole role) {
  return {officer_id, role, ContractTime(), std::string(64, 's')};
}

NewCase ContractCase(StorePair stores) {
  NewCase entered{.request_id = ids::NewUuid()};
  const std::string number = ids::NewPublicNumber().value;
  REQUIRE_OK(stores.cases.ReserveNoticeNumber(number, ContractTime()));
  Case& summary = entered.file.summary;
  summary.case_id = ids::NewUuid();
  summary.case_ref = "K-1";
  summary.notice_number = number;
  summary.submitted_by = "officer-a";
  summary.submit_time = ContractTime();
  summary.expire_time = ContractTime() + absl::Hours(1);
  entered.file.statement = "statement of " + summary.case_id;
  entered.file.signatures = {ContractSignature("officer-a", crypto::SignatureRole::kSubmit)};
  entered.file.messages = {{"ja", "[{\"type\":\"text\"}]"}, {"en", "[{}]"}};
  return entered;
}

std::string EnterCase(StorePair stores) {
  const auto entered = stores.cases.Insert(ContractCase(stores), ContractEvent("case.submitted"));
  REQUIRE_OK(entered);
  return entered->case_id;
}

std::string ApproveCase(StorePair stores) {
  const auto case_id = EnterCase(stores);
  REQUIRE_OK(stores.cases.AddApproval(
      {.case_id = case_id,
       .signature = ContractSignature("officer-b", crypto::SignatureRole::kApprove),
       .time = ContractTime() + absl::Minutes(1),
       .last = true},
      ContractEvent("case.approved")));
  return case_id;
}

CasePlan ContractPlan(const std::string& case_id, const std::vector<int>& people) {
  CasePlan plan{.case_id = case_id,
                .rows_seen = 100,
                .release_end_time = ContractTime() + absl::Hours(24),
                .now = ContractTime() + absl::Minutes(2)};
  for (const int count : people) {
    NewBatch batch{.batch_id = ids::NewUuid(), .language = "ja"};
    batch.content = {.retry_key = ids::NewUuid(),
                     .body_sha256 = crypto::Sha256(batch.batch_id),
                     .sealed_recipients = "sealed " + batch.batch_id,
                     .people = count};
    plan.batches.push_back(batch);
    for (int person = 0; person < count; ++person) {
      plan.told.push_back(crypto::Sha256(ids::NewUuid()));
    }
  }
  return plan;
}

std::string PlanCase(StorePair stores, const std::vector<int>& people) {
  const auto case_id = ApproveCase(stores);
  REQUIRE_OK(stores.outbox.Plan(ContractPlan(case_id, people), ContractEvent("case.planned")));
  return case_id;
}

AuditEvent ContractEvent(const std::string& action) {
  return {.actor = "officer/officer-a", .action = action};
}

CaseState StateOf(StorePair stores, const std::string& case_id) {
  const auto summary = stores.cases.Get(case_id);
  REQUIRE_OK(summary);
  return summary->state;
}

Counts CountsOf(StorePair stores, const std::string& case_id) {
  const auto summary = stores.cases.Get(case_id);
  REQUIRE_OK(summary);
  return summary->counts;
}

std::vector<ClaimedBatch> ClaimAt(StorePair stores, absl::Time now, int limit) {
  const auto claimed = stores.outbox.Claim({.now = now, .lease = absl::Minutes(1), .limit = limit});
  REQUIRE_OK(claimed);
  return *claimed;
}

absl::Status BeginAt(StorePair stores, const ClaimedBatch& batch, absl::Time now) {
  return stores.outbox
      .BeginAttempt({.batch_id = batch.batch_id,
                     .lease_id = batch.lease_id,
                     .now = now,
                     .lease = absl::Minutes(1)})
      .status();
}

AttemptEnd EndOf(const ClaimedBatch& batch, AttemptEnd::Outcome outcome, absl::Time now) {
  return {.batch_id = batch.batch_id,
          .case_id = batch.case_id,
          .lease_id = batch.lease_id,
          .outcome = outcome,
          .now = now};
}

}  // namespace oshirase::notifier
