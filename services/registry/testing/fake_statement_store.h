// A StatementStore in memory that can be told to fail. It cannot show what two processes do at
// once.
#pragma once

#include <deque>
#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/registry/domain/statement_store.h"
#include "services/registry/testing/fake_audit_store.h"

namespace oshirase::registry {

// Thread-safe.
class FakeStatementStore final : public StatementStore {
 public:
  // Notes go to `audit`, which must outlive it.
  explicit FakeStatementStore(FakeAuditStore& audit) : audit_(audit) {}

  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status);
  // The same, for the next call of RecordRelease only.
  void FailNextRelease(absl::Status status);

  absl::StatusOr<StatementRecord> Find(const crypto::Digest& digest) override;
  absl::StatusOr<ReleaseRecord> RecordRelease(const crypto::Digest& digest,
                                              const ReleaseRecord& release,
                                              const AuditNote& note) override;
  absl::Status RecordVoid(const crypto::Digest& digest, absl::Time now,
                          const AuditNote& note) override;

 private:
  absl::Status NextFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  FakeAuditStore& audit_;
  absl::Mutex mu_;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
  absl::Status release_failure_ ABSL_GUARDED_BY(mu_);
  std::map<crypto::Digest, StatementRecord> records_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::registry
