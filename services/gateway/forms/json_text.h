// Reading of what SealedText carried. It was sealed by us, so its shape is known unless an older or
// a newer gateway sealed it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace oshirase::gateway {

// The members of a JSON object. What is missing, or of another type, reads as empty.
class JsonObject {
 public:
  // Returns INVALID_ARGUMENT when `text` is no JSON object.
  static absl::StatusOr<JsonObject> Parse(const std::string& text);

  std::string Text(const char* name) const;
  bool Flag(const char* name) const;
  int64_t Number(const char* name) const;
  std::vector<std::string> Texts(const char* name) const;

 private:
  nlohmann::json json_;
};

// As one line; bytes that are no UTF-8 become U+FFFD.
std::string DumpJson(const nlohmann::json& json);

}  // namespace oshirase::gateway
