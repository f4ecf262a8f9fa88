// A KeyBook in memory that can be told to fail. It writes no events: what a service does in the
// book's transaction (audit entries, dropping partitions) shows only with PostgresKeyBook.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/keyring/key_book.h"

namespace oshirase::keyring {

class FakeKeyBook final : public KeyBook {
 public:
  // The next call returns `status` and does nothing else; OK lets it pass. Several queue up.
  void FailNext(absl::Status status);

  absl::StatusOr<std::optional<KeyRecord>> Find(const KeyName& name) override;
  absl::StatusOr<std::vector<KeyRecord>> List(const std::string& purpose) override;
  absl::StatusOr<KeyRecord> Record(const KeyRecord& record) override;
  absl::Status MarkDestroyed(const KeyName& name, absl::Time time) override;
  absl::Status Replace(const Fingerprint& lost, const KeyRecord& replacement) override;

 private:
  absl::Status NextFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  absl::Mutex mu_;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
  std::map<KeyName, KeyRecord> records_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::keyring
