#include "services/registry/testing/fake_statement_store.h"

#include <algorithm>
#include <utility>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/release_rules.h"

namespace oshirase::registry {

void FakeStatementStore::FailNext(absl::Status status) {
  absl::MutexLock lock(&mu_);
  failures_.push_back(std::move(status));
}

void FakeStatementStore::FailNextRelease(absl::Status status) {
  absl::MutexLock lock(&mu_);
  release_failure_ = std::move(status);
}

absl::Status FakeStatementStore::NextFailure() {
  if (failures_.empty()) return absl::OkStatus();
  auto failure = std::move(failures_.front());
  failures_.pop_front();
  return failure;
}

absl::StatusOr<StatementRecord> FakeStatementStore::Find(const crypto::Digest& digest) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  const auto found = records_.find(digest);
  return found == records_.end() ? StatementRecord() : found->second;
}

absl::StatusOr<ReleaseRecord> FakeStatementStore::RecordRelease(const crypto::Digest& digest,
                                                                const ReleaseRecord& release,
                                                                const AuditNote& note) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  RETURN_IF_ERROR(std::exchange(release_failure_, absl::OkStatus()));
  const auto known = records_.find(digest);
  if (known != records_.end()) {
    RETURN_IF_ERROR(CheckRecord(known->second, release.case_id, release.first_time));
  } else {
    const bool case_taken = std::any_of(records_.begin(), records_.end(), [&](const auto& record) {
      return record.second.release.has_value() && record.second.release->case_id == release.case_id;
    });
    if (case_taken)
      return ReleaseRefused("STATEMENT_OF_OTHER_CASE", "the case has another statement");
    records_[digest].release = release;
  }
  audit_.Note(note);
  return *records_[digest].release;
}

absl::Status FakeStatementStore::RecordVoid(const crypto::Digest& digest, absl::Time now,
                                            const AuditNote& note) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  StatementRecord& record = records_[digest];
  if (record.void_time.has_value()) return absl::OkStatus();
  record.void_time = now;
  audit_.Note(note);
  return absl::OkStatus();
}

}  // namespace oshirase::registry
