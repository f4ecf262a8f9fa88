// JSON from programs we do not know, read strictly: what two parsers could understand differently
// is refused instead of guessed at.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>

namespace oshirase::gateway {

// Why a text is refused.
struct JsonFault {
  enum class Kind {
    kMalformed,  // No JSON, or bytes that are no UTF-8.
    kRepeated,   // A member twice in one object.
    kTooDeep,    // More than kMaxJsonDepth objects and arrays inside each other.
  };
  Kind kind = Kind::kMalformed;
  std::string pointer = {};  // Of the repeated member, "#/name", or of what is too deep.
};

// Nothing of ours has more than three.
inline constexpr size_t kMaxJsonDepth = 8;

// Reads `text` in time and memory of its length.
std::variant<nlohmann::json, JsonFault> ParseStrictJson(const std::string& text);

// `pointer` and one step below it, as RFC 6901 writes it: "#/venues" and "a/b" are "#/venues/a~1b".
std::string PointerBelow(const std::string& pointer, const std::string& name);

// As one line, members in their order; bytes that are no UTF-8 become U+FFFD.
std::string DumpOrdered(const nlohmann::ordered_json& json);

}  // namespace oshirase::gateway
