#include "services/gateway/backends/field_problems.h"

#include <algorithm>

#include "absl/strings/cord.h"
#include "common/status/errors.h"
#include "google/rpc/error_details.pb.h"

namespace oshirase::gateway {

std::string FieldNameOf(const std::string& path) {
  const size_t dot = path.rfind('.');
  const std::string last = dot == std::string::npos ? path : path.substr(dot + 1);
  const std::string name = last.substr(0, last.find('['));
  return name == "own_measures" ? "measures" : name;
}

std::vector<std::string> FieldProblemsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FieldViolationsOf(status)) {
    std::string name = FieldNameOf(violation.field);
    if (std::find(fields.begin(), fields.end(), name) == fields.end()) {
      fields.push_back(std::move(name));
    }
  }
  return fields;
}

bool IsAlreadyRegistered(const absl::Status& status) {
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  google::rpc::BadRequest details;
  if (!payload.has_value() || !details.ParseFromString(std::string(*payload))) return false;
  const auto& violations = details.field_violations();
  return std::any_of(violations.begin(), violations.end(), [](const auto& violation) {
    return violation.reason() == "ALREADY_REGISTERED";
  });
}

}  // namespace oshirase::gateway
