#include "common/keyring/key_name.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace oshirase::keyring {
namespace {

constexpr size_t kMaxPart = 40;

bool IsValidPart(const std::string& part) {
  return !part.empty() && part.size() <= kMaxPart &&
         std::all_of(part.begin(), part.end(), [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
         });
}

}  // namespace

bool IsValid(const KeyName& name) { return IsValidPart(name.purpose) && IsValidPart(name.label); }

std::string Describe(const KeyName& name) { return name.purpose + " " + name.label; }

KeyName DayKeyName(const std::string& purpose, Day day) { return {purpose, FormatDay(day)}; }

std::optional<Day> DayOfLabel(const std::string& label) {
  const auto day = ParseDay(label);
  if (!day.ok()) return std::nullopt;
  return *day;
}

}  // namespace oshirase::keyring
