#include "common/keyring/testing/fake_key_book.h"

#include <utility>

#include "common/keyring/errors.h"
#include "common/status/macros.h"

namespace oshirase::keyring {

void FakeKeyBook::FailNext(absl::Status status) {
  absl::MutexLock lock(&mu_);
  failures_.push_back(std::move(status));
}

absl::StatusOr<std::optional<KeyRecord>> FakeKeyBook::Find(const KeyName& name) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  const auto found = records_.find(name);
  return found == records_.end() ? std::nullopt : std::optional(found->second);
}

absl::StatusOr<std::vector<KeyRecord>> FakeKeyBook::List(const std::string& purpose) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  std::vector<KeyRecord> records;
  for (const auto& [name, record] : records_) {
    if (name.purpose == purpose) records.push_back(record);
  }
  return records;
}

absl::StatusOr<KeyRecord> FakeKeyBook::Record(const KeyRecord& record) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  return records_.emplace(record.name, record).first->second;
}

absl::Status FakeKeyBook::MarkDestroyed(const KeyName& name, absl::Time time) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  const auto found = records_.find(name);
  if (found == records_.end()) return KeyNotRecorded(name);
  if (!found->second.destroyed_at.has_value()) found->second.destroyed_at = time;
  return absl::OkStatus();
}

absl::Status FakeKeyBook::Replace(const Fingerprint& lost, const KeyRecord& replacement) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(NextFailure());
  const auto found = records_.find(replacement.name);
  if (found == records_.end() || found->second.fingerprint != lost ||
      found->second.destroyed_at.has_value()) {
    return KeyRecordChanged(replacement.name);
  }
  found->second = replacement;
  return absl::OkStatus();
}

absl::Status FakeKeyBook::NextFailure() {
  if (failures_.empty()) return absl::OkStatus();
  absl::Status failure = std::move(failures_.front());
  failures_.pop_front();
  return failure;
}

}  // namespace oshirase::keyring
