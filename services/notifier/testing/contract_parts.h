// What the contract cases build on: a case that was entered, approved, planned.
#pragma once

#include <string>
#include <vector>

#include "services/notifier/testing/store_contract.h"

namespace oshirase::notifier {

// When the contract's cases happen; whole microseconds, as Postgres keeps them.
absl::Time ContractTime();

OfficerSignature ContractSignature(const std::string& officer_id, crypto::SignatureRole role);

// A case ready to be entered, with its notice number reserved.
NewCase ContractCase(StorePair stores);
// Enters one and returns its id.
std::string EnterCase(StorePair stores);
// Enters and approves one.
std::string ApproveCase(StorePair stores);
// A plan of batches of `people` each.
CasePlan ContractPlan(const std::string& case_id, const std::vector<int>& people);
// Enters, approves and plans one.
std::string PlanCase(StorePair stores, const std::vector<int>& people);

AuditEvent ContractEvent(const std::string& action);
CaseState StateOf(StorePair stores, const std::string& case_id);
Counts CountsOf(StorePair stores, const std::string& case_id);

// Claims what is due at `now`, with a lease of a minute.
std::vector<ClaimedBatch> ClaimAt(StorePair stores, absl::Time now, int limit = 10);
// Begins an attempt at a claimed batch.
absl::Status BeginAt(StorePair stores, const ClaimedBatch& batch, absl::Time now);
AttemptEnd EndOf(const ClaimedBatch& batch, AttemptEnd::Outcome outcome, absl::Time now);

}  // namespace oshirase::notifier
