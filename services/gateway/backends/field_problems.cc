#include "services/gateway/backends/field_problems.h"

#include <algorithm>

#include "common/status/errors.h"

namespace oshirase::gateway {
namespace {

// "details.postal_code" and "details.measure_ids[3]" are the fields "postal_code" and "measure_ids"
// on pages, where the business's own measures are one text.
std::string FieldName(const std::string& path) {
  const size_t dot = path.rfind('.');
  const std::string last = dot == std::string::npos ? path : path.substr(dot + 1);
  const std::string name = last.substr(0, last.find('['));
  return name == "own_measures" ? "measures" : name;
}

}  // namespace

std::vector<std::string> FieldProblemsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FieldViolationsOf(status)) {
    std::string name = FieldName(violation.field);
    if (std::find(fields.begin(), fields.end(), name) == fields.end()) {
      fields.push_back(std::move(name));
    }
  }
  return fields;
}

}  // namespace oshirase::gateway
