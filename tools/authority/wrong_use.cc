#include "tools/authority/wrong_use.h"

#include "absl/strings/str_join.h"
#include "common/status/errors.h"

namespace oshirase::authority {

absl::Status WrongUse(const std::string& message) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, "WRONG_USE", message);
}

absl::Status WrongUse(const std::vector<std::string>& problems) {
  if (problems.empty()) return absl::OkStatus();
  return WrongUse(absl::StrJoin(problems, "\n"));
}

}  // namespace oshirase::authority
