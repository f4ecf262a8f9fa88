// Values between C++ and SQL that libpqxx 6 does not convert: nulls, bytes, times, dates.
//
// For use inside the body of a transaction: the readers throw pqxx::conversion_error when a field
// does not hold what is asked for, null included, and transaction.h turns that into INTERNAL.
// They read the text format that the pool's sessions give (TimeZone=UTC, DateStyle=ISO).
#pragma once

#include <cstdint>
#include <optional>
#include <pqxx/pqxx>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace oshirase::postgres {

// The field as a T, or nothing when it is null. For int, int64_t, bool, double and std::string.
template <typename T>
std::optional<T> Nullable(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return field.as<T>();
}

// bytea -> the raw bytes.
std::string Bytes(const pqxx::field& field);
std::optional<std::string> NullableBytes(const pqxx::field& field);

// timestamptz -> time, in microseconds as Postgres keeps it. 'infinity' and '-infinity' are
// InfiniteFuture and InfinitePast.
absl::Time Time(const pqxx::field& field);
std::optional<absl::Time> NullableTime(const pqxx::field& field);

// date -> days since 1970-01-01.
int32_t Date(const pqxx::field& field);
std::optional<int32_t> NullableDate(const pqxx::field& field);

// Parameters. A std::optional of a parameter's type is null when empty.

// For a bytea parameter, sent in binary.
pqxx::binarystring BytesParam(absl::string_view bytes);
// For a bytea parameter that may be null, sent as hexadecimal text.
std::optional<std::string> NullableBytesParam(const std::optional<std::string>& bytes);

// For a timestamptz parameter, rounded down to microseconds.
std::string TimeParam(absl::Time time);
std::optional<std::string> NullableTimeParam(const std::optional<absl::Time>& time);

// For a date parameter: days since 1970-01-01 within the years 0001 to 9999.
std::string DateParam(int32_t days);

}  // namespace oshirase::postgres
