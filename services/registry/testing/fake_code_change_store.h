// A CodeChangeStore that answers what the test says. That triggers notice every change shows only
// with the real database.
#pragma once

#include <string>

#include "services/registry/domain/code_change_store.h"

namespace oshirase::registry {

// Not thread-safe.
class FakeCodeChangeStore final : public CodeChangeStore {
 public:
  absl::StatusOr<CodeChanges> answer = CodeChanges{};
  std::string asked;  // the last cursor

  absl::StatusOr<CodeChanges> Since(const std::string& cursor, int /*limit*/) override {
    asked = cursor;
    return answer;
  }
  absl::Status ForgetOld() override { return absl::OkStatus(); }
};

}  // namespace oshirase::registry
