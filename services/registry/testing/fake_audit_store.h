// An AuditStore in memory that can be told to fail. It chains nothing: whether entries can be
// tampered with shows only with the real log.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/registry/domain/audit_store.h"

namespace oshirase::registry {

// Thread-safe.
class FakeAuditStore final : public AuditStore {
 public:
  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status);

  absl::Status Append(const AuditNote& note) override;
  absl::StatusOr<std::vector<audit::ChainEntry>> List(int64_t after, int limit) override;

  // For the other fakes, which note what they do: never fails.
  void Note(const AuditNote& note);

  std::vector<AuditNote> notes() const;
  // The actions noted, in order.
  std::vector<std::string> actions() const;

 private:
  mutable absl::Mutex mu_;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
  std::vector<AuditNote> notes_ ABSL_GUARDED_BY(mu_);
};

// The text value of the fact called `key`, or "".
std::string TextFact(const AuditNote& note, const std::string& key);

}  // namespace oshirase::registry
