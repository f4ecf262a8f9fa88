// What the database remembers of keys: that one was made, how to recognise it, and that it was
// destroyed. Written after the key is stored and before its first use. Implemented by
// PostgresKeyBook and by a fake; both pass testing/key_book_contract.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/keyring/fingerprint.h"
#include "common/keyring/key_name.h"

namespace oshirase::keyring {

struct KeyRecord {
  KeyName name;
  Fingerprint fingerprint{};
  absl::Time made_at;
  std::optional<absl::Time> destroyed_at;
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached.
class KeyBook {
 public:
  virtual ~KeyBook() = default;

  // The record of `name`, or nothing.
  virtual absl::StatusOr<std::optional<KeyRecord>> Find(const KeyName& name) = 0;

  // All records of `purpose`, destroyed ones included, by label.
  virtual absl::StatusOr<std::vector<KeyRecord>> List(const std::string& purpose) = 0;

  // Records that `record.name` was made, unless it is recorded already, and returns what is
  // recorded now. Idempotent; of several callers at once all get the same record.
  virtual absl::StatusOr<KeyRecord> Record(const KeyRecord& record) = 0;

  // Marks `name` as destroyed at `time`; the first time stays. Idempotent.
  // Returns NOT_FOUND when it is not recorded.
  virtual absl::Status MarkDestroyed(const KeyName& name, absl::Time time) = 0;

  // Gives the record of a lost key the fingerprint and time of its replacement.
  // Returns FAILED_PRECONDITION when the record no longer has `lost`, or is destroyed.
  virtual absl::Status Replace(const Fingerprint& lost, const KeyRecord& replacement) = 0;
};

}  // namespace oshirase::keyring
