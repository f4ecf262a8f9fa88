// Which venue codes have changed their meaning lately. Implemented by PostgresCodeChangeStore, and
// by a fake for tests; both pass the cases in testing/code_change_store_contract.h.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace oshirase::registry {

// What has happened since a cursor was given out.
struct CodeChanges {
  // More has changed than is known or told: nothing learned before may be believed any more.
  bool reset = false;
  // Codes whose venue was renamed, opened, closed, suspended or moved in time, or which stopped or
  // got an end. May name one again that an earlier answer named.
  std::vector<std::string> codes;
  // For the next question.
  std::string cursor;
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached.
class CodeChangeStore {
 public:
  virtual ~CodeChangeStore() = default;

  // The changes since `cursor` was given out. No change that was committed before this call, after
  // the one that gave `cursor` out, is missing. Resets for a cursor that is empty, malformed, older
  // than half an hour or from another database, and when more than `limit` codes have changed.
  virtual absl::StatusOr<CodeChanges> Since(const std::string& cursor, int limit) = 0;

  // Forgets changes of more than an hour ago.
  virtual absl::Status ForgetOld() = 0;
};

}  // namespace oshirase::registry
