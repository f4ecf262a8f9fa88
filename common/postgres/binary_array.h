// Arrays as parameters in PostgreSQL's binary format, for inserting many rows by one statement:
//
//   INSERT INTO t (id, body) SELECT * FROM unnest($1::uuid[], $2::bytea[])
//
//   UuidArray ids(rows.size());
//   ByteaArray bodies(rows.size());
//   for (const auto& row : rows) {
//     RETURN_IF_ERROR(ids.Add(row.id));
//     bodies.Add(row.body);
//   }
//   tx.exec_prepared("insert_rows", ids.Param(), bodies.Param());
//
// The text format would have to escape every element and is up to a third slower.
#pragma once

#include <cstddef>
#include <cstdint>
#include <pqxx/pqxx>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace oshirase::postgres {

// What all arrays share. Not thread-safe.
class BinaryArray {
 public:
  // Appends a null element.
  void AddNull();

  size_t size() const { return size_; }

  // The parameter for exec_prepared or exec_params. More can be added afterwards.
  pqxx::binarystring Param() const;

 protected:
  // `element_type` is the OID of the element's type in pg_type; `expected_size` elements of
  // `element_bytes` have room without another allocation.
  BinaryArray(uint32_t element_type, size_t expected_size, size_t element_bytes);
  ~BinaryArray() = default;

  void AddElement(absl::string_view bytes);

 private:
  size_t size_ = 0;
  std::string buffer_;  // the parameter, complete after each element
};

class BoolArray final : public BinaryArray {
 public:
  explicit BoolArray(size_t expected_size = 0);
  void Add(bool value);
};

class Int2Array final : public BinaryArray {
 public:
  explicit Int2Array(size_t expected_size = 0);
  void Add(int16_t value);
};

class Int4Array final : public BinaryArray {
 public:
  explicit Int4Array(size_t expected_size = 0);
  void Add(int32_t value);
};

class Int8Array final : public BinaryArray {
 public:
  explicit Int8Array(size_t expected_size = 0);
  void Add(int64_t value);
};

class TextArray final : public BinaryArray {
 public:
  explicit TextArray(size_t expected_size = 0);
  // UTF-8 without NUL, or the statement fails with a data exception.
  void Add(absl::string_view value);
};

class ByteaArray final : public BinaryArray {
 public:
  explicit ByteaArray(size_t expected_size = 0);
  void Add(absl::string_view value);
};

class UuidArray final : public BinaryArray {
 public:
  explicit UuidArray(size_t expected_size = 0);
  // Appends a UUID written in 36 characters. Returns INVALID_ARGUMENT, and appends nothing, when
  // it is not one.
  absl::Status Add(absl::string_view text);
  // Appends a UUID of exactly 16 raw bytes. Returns INVALID_ARGUMENT otherwise.
  absl::Status AddRaw(absl::string_view bytes);
};

class DateArray final : public BinaryArray {
 public:
  explicit DateArray(size_t expected_size = 0);
  // Days since 1970-01-01.
  void Add(int32_t days);
};

class TimestamptzArray final : public BinaryArray {
 public:
  explicit TimestamptzArray(size_t expected_size = 0);
  // Rounded down to microseconds; infinite times become 'infinity' and '-infinity'.
  void Add(absl::Time time);
};

}  // namespace oshirase::postgres
