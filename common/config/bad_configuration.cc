#include "common/config/bad_configuration.h"

#include "absl/strings/str_join.h"
#include "common/status/errors.h"

namespace oshirase {
namespace {

constexpr char kReason[] = "BAD_CONFIGURATION";

}  // namespace

absl::Status BadConfiguration(const std::vector<std::string>& problems) {
  return ReasonedError(absl::StatusCode::kInvalidArgument, kReason, absl::StrJoin(problems, "\n"));
}

bool IsBadConfiguration(const absl::Status& status) { return ReasonOf(status) == kReason; }

}  // namespace oshirase
