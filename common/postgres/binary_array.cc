// The format of array_recv() in PostgreSQL's src/backend/utils/adt/arrayfuncs.c, all numbers big
// endian: dimensions, has-null flag, element type, then for the one dimension its length and lower
// bound, then each element as its length (-1 for null) and bytes. An empty array has no dimension
// and ends after the type.
#include "common/postgres/binary_array.h"

#include <array>
#include <limits>
#include <type_traits>

#include "absl/time/civil_time.h"

namespace oshirase::postgres {
namespace {

// From the server's pg_type.dat; these never change.
constexpr uint32_t kBool = 16;
constexpr uint32_t kBytea = 17;
constexpr uint32_t kInt8 = 20;
constexpr uint32_t kInt2 = 21;
constexpr uint32_t kInt4 = 23;
constexpr uint32_t kText = 25;
constexpr uint32_t kDate = 1082;
constexpr uint32_t kTimestamptz = 1184;
constexpr uint32_t kUuid = 2950;

constexpr size_t kHeaderBytes = 20;
constexpr size_t kHasNullOffset = 4;
constexpr size_t kLengthOffset = 12;
constexpr size_t kLengthPrefixBytes = 4;
constexpr size_t kUuidTextBytes = 36;

// Postgres counts days and microseconds from 2000-01-01.
constexpr int32_t kEpochDays = 10957;
constexpr int64_t kEpochSeconds = int64_t{kEpochDays} * 86400;

template <typename Integer>
std::array<char, sizeof(Integer)> BigEndian(Integer value) {
  const auto bits = static_cast<std::make_unsigned_t<Integer>>(value);
  std::array<char, sizeof(Integer)> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(bits >> (8 * (bytes.size() - 1 - i)));
  }
  return bytes;
}

template <typename Integer>
void Append(std::string& buffer, Integer value) {
  const auto bytes = BigEndian(value);
  buffer.append(bytes.data(), bytes.size());
}

void Overwrite(std::string& buffer, size_t offset, int32_t value) {
  const auto bytes = BigEndian(value);
  buffer.replace(offset, bytes.size(), bytes.data(), bytes.size());
}

template <typename Integer>
absl::string_view View(const std::array<char, sizeof(Integer)>& bytes) {
  return {bytes.data(), bytes.size()};
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Reads 8-4-4-4-12 hexadecimal digits. Returns whether `text` is that.
bool ParseUuid(absl::string_view text, std::array<char, 16>& bytes) {
  if (text.size() != kUuidTextBytes) return false;
  size_t at = 0;
  for (auto& byte : bytes) {
    if (at == 8 || at == 13 || at == 18 || at == 23) {
      if (text[at++] != '-') return false;
    }
    const int high = HexDigit(text[at++]);
    const int low = HexDigit(text[at++]);
    if (high < 0 || low < 0) return false;
    byte = static_cast<char>(high << 4 | low);
  }
  return true;
}

int64_t PostgresMicroseconds(absl::Time time) {
  if (time == absl::InfiniteFuture()) return std::numeric_limits<int64_t>::max();
  if (time == absl::InfinitePast()) return std::numeric_limits<int64_t>::min();
  return absl::ToUnixMicros(time - absl::Seconds(kEpochSeconds));
}

}  // namespace

BinaryArray::BinaryArray(uint32_t element_type, size_t expected_size, size_t element_bytes) {
  buffer_.reserve(kHeaderBytes + expected_size * (kLengthPrefixBytes + element_bytes));
  Append(buffer_, int32_t{1});  // dimensions
  Append(buffer_, int32_t{0});  // no nulls yet
  Append(buffer_, element_type);
  Append(buffer_, int32_t{0});  // length
  Append(buffer_, int32_t{1});  // lower bound
}

void BinaryArray::AddNull() {
  Append(buffer_, int32_t{-1});
  Overwrite(buffer_, kHasNullOffset, 1);
  Overwrite(buffer_, kLengthOffset, static_cast<int32_t>(++size_));
}

void BinaryArray::AddElement(absl::string_view bytes) {
  Append(buffer_, static_cast<int32_t>(bytes.size()));
  buffer_.append(bytes.data(), bytes.size());
  Overwrite(buffer_, kLengthOffset, static_cast<int32_t>(++size_));
}

pqxx::binarystring BinaryArray::Param() const {
  if (size_ > 0) return {buffer_.data(), buffer_.size()};
  std::string empty = buffer_.substr(0, kLengthOffset);
  Overwrite(empty, 0, 0);
  return {empty.data(), empty.size()};
}

BoolArray::BoolArray(size_t expected_size) : BinaryArray(kBool, expected_size, 1) {}

void BoolArray::Add(bool value) {
  const char byte = value ? '\1' : '\0';
  AddElement({&byte, 1});
}

Int2Array::Int2Array(size_t expected_size) : BinaryArray(kInt2, expected_size, sizeof(int16_t)) {}

void Int2Array::Add(int16_t value) { AddElement(View<int16_t>(BigEndian(value))); }

Int4Array::Int4Array(size_t expected_size) : BinaryArray(kInt4, expected_size, sizeof(int32_t)) {}

void Int4Array::Add(int32_t value) { AddElement(View<int32_t>(BigEndian(value))); }

Int8Array::Int8Array(size_t expected_size) : BinaryArray(kInt8, expected_size, sizeof(int64_t)) {}

void Int8Array::Add(int64_t value) { AddElement(View<int64_t>(BigEndian(value))); }

TextArray::TextArray(size_t expected_size) : BinaryArray(kText, expected_size, 32) {}

void TextArray::Add(absl::string_view value) { AddElement(value); }

ByteaArray::ByteaArray(size_t expected_size) : BinaryArray(kBytea, expected_size, 128) {}

void ByteaArray::Add(absl::string_view value) { AddElement(value); }

UuidArray::UuidArray(size_t expected_size) : BinaryArray(kUuid, expected_size, 16) {}

absl::Status UuidArray::Add(absl::string_view text) {
  std::array<char, 16> bytes{};
  if (!ParseUuid(text, bytes)) return absl::InvalidArgumentError("not a UUID");
  AddElement({bytes.data(), bytes.size()});
  return absl::OkStatus();
}

absl::Status UuidArray::AddRaw(absl::string_view bytes) {
  if (bytes.size() != 16) return absl::InvalidArgumentError("a UUID has 16 bytes");
  AddElement(bytes);
  return absl::OkStatus();
}

DateArray::DateArray(size_t expected_size) : BinaryArray(kDate, expected_size, sizeof(int32_t)) {}

void DateArray::Add(int32_t days) { AddElement(View<int32_t>(BigEndian(days - kEpochDays))); }

TimestamptzArray::TimestamptzArray(size_t expected_size)
    : BinaryArray(kTimestamptz, expected_size, sizeof(int64_t)) {}

void TimestamptzArray::Add(absl::Time time) {
  AddElement(View<int64_t>(BigEndian(PostgresMicroseconds(time))));
}

}  // namespace oshirase::postgres
