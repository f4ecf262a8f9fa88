#include "services/gateway/backends/field_problems.h"

#include <algorithm>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
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

std::vector<FieldRefusal> FieldRefusalsOf(const absl::Status& status) {
  std::vector<FieldRefusal> refusals;
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  google::rpc::BadRequest details;
  if (!payload.has_value() || !details.ParseFromString(std::string(*payload))) return refusals;
  for (const auto& violation : details.field_violations()) {
    refusals.push_back({violation.field(), violation.reason()});
  }
  return refusals;
}

std::string PointerOf(const std::string& path) {
  const std::vector<std::string> steps = absl::StrSplit(path, absl::ByAnyChar(".[]"));
  std::string pointer = "#";
  for (size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].empty() || (i == 0 && (steps[i] == "details" || steps[i] == "rows"))) continue;
    absl::StrAppend(&pointer, "/", steps[i] == "measures" ? "measure_ids" : steps[i]);
  }
  return pointer;
}

bool IsAlreadyRegistered(const absl::Status& status) {
  const auto refusals = FieldRefusalsOf(status);
  return std::any_of(refusals.begin(), refusals.end(), [](const FieldRefusal& refusal) {
    return refusal.reason == "ALREADY_REGISTERED";
  });
}

}  // namespace oshirase::gateway
