// What a Redis server answered, checked when it is read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace oshirase::redis {

// One answer: nil, an integer, a string (also a simple status such as OK), an array, or an error.
// Every accessor returns the server's error if the answer was one, and INTERNAL if it is of
// another kind than asked for.
class Reply {
 public:
  struct Nil {};
  using Value = std::variant<Nil, int64_t, std::string, std::vector<Reply>, absl::Status>;

  explicit Reply(Value value) : value_(std::move(value)) {}

  // OK unless the answer is an error.
  absl::Status status() const;

  bool is_nil() const { return std::holds_alternative<Nil>(value_); }

  absl::StatusOr<int64_t> Integer() const;
  // NOT_FOUND for nil.
  absl::StatusOr<std::string> String() const;
  // Nothing for nil.
  absl::StatusOr<std::optional<std::string>> NullableString() const;
  // Elements that are errors keep their error.
  absl::StatusOr<std::vector<Reply>> Array() const;
  // An array of integers, or of strings.
  absl::StatusOr<std::vector<int64_t>> Integers() const;
  absl::StatusOr<std::vector<std::string>> Strings() const;

 private:
  Value value_;
};

// The first error among `replies`, or OK.
absl::Status FirstError(const std::vector<Reply>& replies);

// The status for an error answer such as "WRONGTYPE Operation against ...": UNAVAILABLE for those
// that pass by themselves (LOADING, BUSY, OOM, READONLY, MASTERDOWN, MISCONF, TRYAGAIN,
// CLUSTERDOWN), else INTERNAL. Keeps the first word alone, because the rest may quote arguments.
absl::Status StatusOfErrorReply(const std::string& text);

}  // namespace oshirase::redis
