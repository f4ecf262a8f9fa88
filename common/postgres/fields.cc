#include "common/postgres/fields.h"

#include <array>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

namespace oshirase::postgres {
namespace {

constexpr const char* kTimeFormat = "%Y-%m-%d %H:%M:%E*S%Ez";  // 2020-12-01 03:04:05.678901+00
constexpr absl::CivilDay kEpoch(1970, 1, 1);

absl::string_view TextOf(const pqxx::field& field) {
  if (field.is_null()) throw pqxx::conversion_error("null where a value is required");
  return {field.c_str(), field.size()};
}

[[noreturn]] void Refuse(const char* type) {
  throw pqxx::conversion_error(absl::StrCat("a field that is no ", type));
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string Bytes(const pqxx::field& field) {
  absl::string_view text = TextOf(field);
  if (text.size() % 2 != 0 || text.substr(0, 2) != "\\x") Refuse("bytea");
  text.remove_prefix(2);
  std::string bytes(text.size() / 2, '\0');
  for (size_t i = 0; i < bytes.size(); ++i) {
    const int high = HexDigit(text[2 * i]);
    const int low = HexDigit(text[2 * i + 1]);
    if (high < 0 || low < 0) Refuse("bytea");
    bytes[i] = static_cast<char>(high << 4 | low);
  }
  return bytes;
}

std::optional<std::string> NullableBytes(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return Bytes(field);
}

absl::Time Time(const pqxx::field& field) {
  const absl::string_view text = TextOf(field);
  if (text == "infinity") return absl::InfiniteFuture();
  if (text == "-infinity") return absl::InfinitePast();
  absl::Time time;
  if (!absl::ParseTime(kTimeFormat, text, &time, nullptr)) Refuse("timestamptz");
  return time;
}

std::optional<absl::Time> NullableTime(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return Time(field);
}

int32_t Date(const pqxx::field& field) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(TextOf(field), &day)) Refuse("date");
  return static_cast<int32_t>(day - kEpoch);
}

std::optional<int32_t> NullableDate(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return Date(field);
}

pqxx::binarystring BytesParam(absl::string_view bytes) { return {bytes.data(), bytes.size()}; }

std::optional<std::string> NullableBytesParam(const std::optional<std::string>& bytes) {
  if (!bytes.has_value()) return std::nullopt;
  return absl::StrCat("\\x", absl::BytesToHexString(*bytes));
}

std::string TimeParam(absl::Time time) {
  if (time == absl::InfiniteFuture()) return "infinity";
  if (time == absl::InfinitePast()) return "-infinity";
  return absl::FormatTime("%Y-%m-%d %H:%M:%E6S+00", time, absl::UTCTimeZone());
}

std::optional<std::string> NullableTimeParam(const std::optional<absl::Time>& time) {
  if (!time.has_value()) return std::nullopt;
  return TimeParam(*time);
}

std::string DateParam(int32_t days) { return absl::FormatCivilTime(kEpoch + days); }

}  // namespace oshirase::postgres
