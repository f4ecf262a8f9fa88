#include "common/catalogue/json_fields.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace oshirase::catalogue {
namespace {

using Json = nlohmann::json;

bool IsWord(const std::string& text) {
  bool hyphen_allowed = false;
  for (const char c : text) {
    const bool letter = absl::ascii_islower(c) || absl::ascii_isdigit(c);
    if (!letter && !(c == '-' && hyphen_allowed)) return false;
    hyphen_allowed = letter;
  }
  return hyphen_allowed;
}

}  // namespace

std::string PlaceOf(const Item& item, const std::string& key) {
  return item.place.empty() ? key : absl::StrCat(item.place, ".", key);
}

void JsonFields::Add(const std::string& place, const std::string& problem) {
  problems_.push_back({.field = place, .description = problem});
}

bool JsonFields::CheckObject(const Item& item, std::initializer_list<std::string_view> known) {
  if (!item.value.is_object()) {
    Add(item.place, "must be an object");
    return false;
  }
  for (const auto& member : item.value.items()) {
    if (std::find(known.begin(), known.end(), member.key()) == known.end()) {
      Add(PlaceOf(item, member.key()), "is not known");
    }
  }
  return true;
}

const Json* JsonFields::Find(const Item& item, const std::string& key) {
  const auto found = item.value.find(key);
  if (found != item.value.end()) return &*found;
  Add(PlaceOf(item, key), "is missing");
  return nullptr;
}

std::string JsonFields::String(const Item& item, const std::string& key) {
  const Json* const value = Find(item, key);
  if (value == nullptr) return "";
  if (!value->is_string() || value->get_ref<const std::string&>().empty()) {
    Add(PlaceOf(item, key), "must be a string that is not empty");
    return "";
  }
  return value->get<std::string>();
}

std::string JsonFields::Word(const Item& item, const std::string& key) {
  std::string word = String(item, key);
  if (!word.empty() && !IsWord(word)) {
    Add(PlaceOf(item, key), "must be lower-case letters, digits and hyphens between them");
  }
  return word;
}

int JsonFields::Number(const Item& item, const std::string& key, int most) {
  const Json* const value = Find(item, key);
  if (value == nullptr) return 0;
  if (!value->is_number_unsigned() || *value < 1 || *value > most) {
    Add(PlaceOf(item, key), absl::StrCat("must be a whole number from 1 to ", most));
    return 0;
  }
  return value->get<int>();
}

bool JsonFields::Flag(const Item& item, const std::string& key) {
  const auto found = item.value.find(key);
  if (found == item.value.end()) return false;
  if (found->is_boolean()) return found->get<bool>();
  Add(PlaceOf(item, key), "must be true or false");
  return false;
}

std::vector<Item> JsonFields::List(const Item& item, const std::string& key) {
  const Json* const value = Find(item, key);
  if (value == nullptr) return {};
  if (!value->is_array() || value->empty()) {
    Add(PlaceOf(item, key), "must be a list that is not empty");
    return {};
  }
  std::vector<Item> items;
  for (const Json& element : *value) {
    items.push_back({element, absl::StrCat(PlaceOf(item, key), "[", items.size(), "]")});
  }
  return items;
}

}  // namespace oshirase::catalogue
