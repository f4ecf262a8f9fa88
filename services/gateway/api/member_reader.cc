#include "services/gateway/api/member_reader.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/gateway/api/strict_json.h"
#include "services/gateway/forms/text.h"

namespace oshirase::gateway {
namespace {

using Json = nlohmann::json;

// A character as a reader counts them can be arbitrarily many bytes; nobody's name needs more.
constexpr size_t kMaxBytesPerCharacter = 32;

bool HasSpaceAtEnds(const std::string& text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  if (size == 0) return false;
  UChar32 first = 0;
  UChar32 last = 0;
  int32_t begin = 0;
  int32_t end = size;
  U8_NEXT(bytes, begin, size, first);
  U8_PREV(bytes, 0, end, last);
  return u_isUWhiteSpace(first) || u_isUWhiteSpace(last);
}

}  // namespace

MemberReader::MemberReader(const Json& object, std::string pointer,
                           std::vector<ProblemPlace>& places)
    : object_(object), pointer_(std::move(pointer)), places_(places) {
  if (!object.is_object()) {
    places_.push_back({.where = pointer_, .reason = "WRONG_TYPE"});
  }
}

void MemberReader::Refuse(const std::string& name, const char* reason) {
  places_.push_back({.where = PointerBelow(pointer_, name), .reason = reason});
}

const Json& MemberReader::Find(const char* name) {
  static const Json& nothing = *new Json();
  known_.insert(name);
  if (!object_.is_object()) return nothing;
  const auto found = object_.find(name);
  return found == object_.end() ? nothing : *found;
}

bool MemberReader::CheckText(const std::string& pointer, const std::string& text, size_t max) {
  const char* reason = nullptr;
  if (HasSpaceAtEnds(text)) reason = "NOT_TRIMMED";
  if (!text.empty() && IsInvisible(text)) reason = "INVISIBLE";
  if (text.size() > max * kMaxBytesPerCharacter || CountCharacters(text) > max) {
    reason = "TOO_LONG";
  }
  if (reason != nullptr) places_.push_back({.where = pointer, .reason = reason});
  return reason == nullptr;
}

std::string MemberReader::Text(const char* name, size_t max) {
  const Json& value = Find(name);
  if (value.is_null()) return "";
  if (!value.is_string()) {
    Refuse(name, "WRONG_TYPE");
    return "";
  }
  const std::string& text = value.get_ref<const std::string&>();
  return CheckText(PointerBelow(pointer_, name), text, max) ? text : "";
}

std::vector<std::string> MemberReader::Texts(const char* name, size_t max_count, size_t max) {
  const Json& value = Find(name);
  std::vector<std::string> texts;
  if (value.is_null()) return texts;
  if (!value.is_array()) {
    Refuse(name, "WRONG_TYPE");
    return texts;
  }
  if (value.size() > max_count) {
    Refuse(name, "TOO_MANY");
    return texts;
  }
  for (size_t i = 0; i < value.size(); ++i) {
    const std::string pointer = PointerBelow(PointerBelow(pointer_, name), absl::StrCat(i));
    if (!value[i].is_string()) {
      places_.push_back({.where = pointer, .reason = "WRONG_TYPE"});
    } else if (const auto& text = value[i].get_ref<const std::string&>();
               CheckText(pointer, text, max)) {
      texts.push_back(text);
    }
  }
  return texts;
}

bool MemberReader::Flag(const char* name) {
  const Json& value = Find(name);
  if (!value.is_null() && !value.is_boolean()) Refuse(name, "WRONG_TYPE");
  return value.is_boolean() && value.get<bool>();
}

std::string MemberReader::Choice(const char* name, std::span<const std::string> values) {
  const Json& value = Find(name);
  if (value.is_null()) {
    Refuse(name, "REQUIRED");
    return "";
  }
  if (!value.is_string()) {
    Refuse(name, "WRONG_TYPE");
    return "";
  }
  std::string text = value.get<std::string>();
  if (std::find(values.begin(), values.end(), text) != values.end()) return text;
  Refuse(name, "NOT_ONE_OF");
  return "";
}

int64_t MemberReader::Number(const char* name, int64_t min, int64_t max) {
  const Json& value = Find(name);
  if (!value.is_number_integer()) {
    Refuse(name, value.is_null() ? "REQUIRED" : "WRONG_TYPE");
    return min;
  }
  // One beyond int64 wraps around to less than nothing.
  const bool fits = !value.is_number_unsigned() || value.get<uint64_t>() <= INT64_MAX;
  const int64_t number = fits ? value.get<int64_t>() : -1;
  if (fits && number >= min && number <= max) return number;
  Refuse(name, "OUT_OF_RANGE");
  return min;
}

std::optional<absl::Time> MemberReader::Time(const char* name) {
  const Json& value = Find(name);
  if (value.is_null()) return std::nullopt;
  absl::Time time;
  std::string error;
  if (!value.is_string()) {
    Refuse(name, "WRONG_TYPE");
    return std::nullopt;
  }
  const std::string& text = value.get_ref<const std::string&>();
  // Abseil would take white space around it, and years of any length.
  const bool plain = text.size() >= 20 && text.size() <= 40 && text[4] == '-' && text[10] == 'T';
  if (!plain || HasSpaceAtEnds(text) || !absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    Refuse(name, "NOT_A_TIME");
    return std::nullopt;
  }
  if (absl::FromUnixSeconds(absl::ToUnixSeconds(time)) != time) {
    Refuse(name, "NOT_WHOLE_SECONDS");
    return std::nullopt;
  }
  return time;
}

void MemberReader::Finish() {
  if (!object_.is_object()) return;
  for (const auto& [name, value] : object_.items()) {
    if (known_.find(name) == known_.end()) Refuse(name, "UNKNOWN_MEMBER");
  }
}

}  // namespace oshirase::gateway
