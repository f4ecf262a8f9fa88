// An OfficerStore in memory that can be told to fail. It cannot show what two processes do at once.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/registry/domain/officer_store.h"
#include "services/registry/testing/fake_audit_store.h"

namespace oshirase::registry {

// Thread-safe.
class FakeOfficerStore final : public OfficerStore {
 public:
  // Notes go to `audit`, which must outlive it.
  explicit FakeOfficerStore(FakeAuditStore& audit) : audit_(audit) {}

  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status);

  absl::StatusOr<std::optional<Officer>> Find(const std::string& id) override;
  absl::StatusOr<std::optional<Officer>> Enrol(const Enrolment& enrolment,
                                               const AuditNote& note) override;
  absl::StatusOr<Officer> Revoke(const std::string& id, absl::Time now,
                                 const AuditNote& note) override;
  absl::StatusOr<std::vector<Officer>> List(const std::string& after, int limit) override;

 private:
  absl::Status NextFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  bool HasOperator() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  FakeAuditStore& audit_;
  absl::Mutex mu_;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, Officer> officers_ ABSL_GUARDED_BY(mu_);
  std::map<crypto::VerifyKey, std::string> owners_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::registry
