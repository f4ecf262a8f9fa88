// The log of a process: one JSON object a line on stdout, with the keys ts, level, service and msg,
// and the fields of the call. Never log a LINE id, venue code, token, address or the text of a
// driver's error; a line about a visit and a line about a case must not share an id.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace oshirase {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Reads "debug", "info", "warning" or "error". Returns INVALID_ARGUMENT for anything else.
absl::StatusOr<LogLevel> ParseLogLevel(absl::string_view text);

// The value of a field: text (bytes that are not UTF-8 are replaced), a number, or true and false.
// Durations are written in milliseconds; name their fields accordingly ("duration_ms"). Text is not
// copied: a value must not outlive the call of Log() it is written for.
class LogValue {
 public:
  // NOLINTBEGIN(google-explicit-constructor): fields are written {{"rows", 3}, {"late", true}}
  LogValue(const char* text) : value_(absl::string_view(text)) {}
  LogValue(const std::string& text) : value_(absl::string_view(text)) {}
  LogValue(absl::string_view text) : value_(text) {}
  LogValue(std::string_view text) : value_(absl::string_view(text.data(), text.size())) {}
  LogValue(absl::Duration duration) : value_(absl::ToDoubleMilliseconds(duration)) {}
  LogValue(bool flag) : value_(flag) {}
  template <std::floating_point T>
  LogValue(T number) : value_(static_cast<double>(number)) {}
  template <std::signed_integral T>
  LogValue(T number) : value_(static_cast<int64_t>(number)) {}
  template <std::unsigned_integral T>
  LogValue(T number) : value_(static_cast<uint64_t>(number)) {}
  // NOLINTEND(google-explicit-constructor)

  using Variant = std::variant<absl::string_view, int64_t, uint64_t, double, bool>;
  const Variant& value() const { return value_; }

 private:
  Variant value_;
};

struct LogField {
  const char* key;
  LogValue value;
};

using LogFields = std::initializer_list<LogField>;

// Sends the log of this process to stdout under the name `service`; lines below `level` are left
// out. RunProgram() calls it; call it again once the configured level is known, before threads
// start.
void InitLog(const std::string& service, LogLevel level);

// Writes a line when `level` is wanted: Log(LogLevel::kInfo, "case approved", {{"signatures", 2}}).
// A message is lower case, without a final period, and the same each time: what varies is a field.
// Thread-safe. Lines of level warning and error are out before it returns, others 200 ms later at
// most: a process that is killed may take those with it.
void Log(LogLevel level, absl::string_view message, LogFields fields = {});

inline void LogDebug(absl::string_view message, LogFields fields = {}) {
  Log(LogLevel::kDebug, message, fields);
}
inline void LogInfo(absl::string_view message, LogFields fields = {}) {
  Log(LogLevel::kInfo, message, fields);
}
inline void LogWarning(absl::string_view message, LogFields fields = {}) {
  Log(LogLevel::kWarning, message, fields);
}
inline void LogError(absl::string_view message, LogFields fields = {}) {
  Log(LogLevel::kError, message, fields);
}

}  // namespace oshirase
