// What a key is called: what it is for, and which one of its kind.
#pragma once

#include <optional>
#include <string>
#include <tuple>

#include "common/time/japan_time.h"

namespace oshirase::keyring {

// Day keys: one per Japan day.
inline constexpr char kVenueSeed[] = "venue-seed";  // S_d, registry: seeds the venue-hour pairs
inline constexpr char kInnerKey[] = "inner";        // N_d, notifier: seals visits
inline constexpr char kTagKey[] = "tag";            // T_d, notifier: makes tags and button tokens
// Named keys.
inline constexpr char kCaseKey[] = "case";                // one per case; label is the case id
inline constexpr char kSuppressionKey[] = "suppression";  // label kCurrent
inline constexpr char kAuditKey[] = "audit";              // seed of the audit signing key; kCurrent
inline constexpr char kCurrent[] = "current";

// Both parts are 1 to 40 characters of a-z, 0-9 and "-"; they are part of a file's name and bound
// into its seal. They are no secrets and may be logged.
struct KeyName {
  std::string purpose;
  std::string label;  // a day "2020-12-01", a case id, or a word

  friend bool operator==(const KeyName&, const KeyName&) = default;
  friend bool operator<(const KeyName& a, const KeyName& b) {
    return std::tie(a.purpose, a.label) < std::tie(b.purpose, b.label);
  }
};

bool IsValid(const KeyName& name);

// "inner 2020-12-01", for logs and errors.
std::string Describe(const KeyName& name);

KeyName DayKeyName(const std::string& purpose, Day day);

// The day in a label, or nothing when the label is no day.
std::optional<Day> DayOfLabel(const std::string& label);

}  // namespace oshirase::keyring
