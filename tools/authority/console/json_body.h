// What a page sends: a JSON object whose members are all known and of the right type.
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "tools/authority/console/http.h"

namespace oshirase::authority::console {

class JsonBody {
 public:
  // A member and an example of its type.
  struct Member {
    const char* name;
    nlohmann::json::value_t type;
  };

  // Returns WRONG_USE unless the body has exactly these members.
  static absl::StatusOr<JsonBody> Parse(const Request& request,
                                        std::initializer_list<Member> members);

  const nlohmann::json& operator[](const char* name) const { return object_.at(name); }
  std::string Text(const char* name) const { return object_.at(name).get<std::string>(); }
  bool Flag(const char* name) const { return object_.at(name).get<bool>(); }

 private:
  explicit JsonBody(nlohmann::json object) : object_(std::move(object)) {}

  nlohmann::json object_;
};

inline constexpr auto kText = nlohmann::json::value_t::string;
inline constexpr auto kFlag = nlohmann::json::value_t::boolean;
inline constexpr auto kObject = nlohmann::json::value_t::object;
inline constexpr auto kNumber = nlohmann::json::value_t::number_unsigned;

// An answer whose texts are valid whatever bytes they hold.
Reply JsonReply(const nlohmann::json& json);

}  // namespace oshirase::authority::console
