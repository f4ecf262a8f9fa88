// One wrong field of a request: what the form shows beside it.
#pragma once

#include <string>
#include <vector>

namespace oshirase::registry {

struct FieldViolation {
  std::string field;        // as in the proto: "details.name", "details.measures[2]"
  std::string reason;       // UPPER_SNAKE, for programs: REQUIRED, TOO_LONG, ...
  std::string description;  // for developers; never repeats the value

  friend bool operator==(const FieldViolation&, const FieldViolation&) = default;
};

using FieldViolations = std::vector<FieldViolation>;

}  // namespace oshirase::registry
