#include "services/gateway/forms/json_text.h"

namespace oshirase::gateway {

using Json = nlohmann::json;

absl::StatusOr<JsonObject> JsonObject::Parse(const std::string& text) {
  JsonObject object;
  object.json_ = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!object.json_.is_object()) {
    return absl::InvalidArgumentError("the token is of another version");
  }
  return object;
}

std::string JsonObject::Text(const char* name) const {
  const auto found = json_.find(name);
  return found != json_.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool JsonObject::Flag(const char* name) const {
  const auto found = json_.find(name);
  return found != json_.end() && found->is_boolean() && found->get<bool>();
}

int64_t JsonObject::Number(const char* name) const {
  const auto found = json_.find(name);
  return found != json_.end() && found->is_number_integer() ? found->get<int64_t>() : 0;
}

std::vector<std::string> JsonObject::Texts(const char* name) const {
  std::vector<std::string> texts;
  const auto found = json_.find(name);
  if (found == json_.end() || !found->is_array()) return texts;
  for (const Json& element : *found) {
    if (element.is_string()) texts.push_back(element.get<std::string>());
  }
  return texts;
}

std::string DumpJson(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace oshirase::gateway
