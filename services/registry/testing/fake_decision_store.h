// A DecisionStore in memory that can be told to fail. It shows nothing about what two decisions do
// to each other.
#pragma once

#include <utility>

#include "services/registry/domain/decision_store.h"
#include "services/registry/testing/fake_register.h"

namespace oshirase::registry {

// Thread-safe.
class FakeDecisionStore final : public DecisionStore {
 public:
  // `shared` must outlive it.
  explicit FakeDecisionStore(FakeRegister& shared) : register_(shared) {}

  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status) { failures_.Push(std::move(status)); }

  absl::Status Correct(const EntryCorrection& correction) override;
  absl::Status RecordInspection(const Inspection& inspection) override;
  absl::Status Withdraw(const Withdrawal& withdrawal) override;
  absl::Status MailBusiness(const BusinessNotice& notice) override;

 private:
  absl::Status Write(const EntryCorrection& correction, Venue& venue)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(register_.mu);

  FakeRegister& register_;
  FailureQueue failures_;
};

}  // namespace oshirase::registry
