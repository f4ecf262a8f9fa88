// Assertions on absl::Status and absl::StatusOr that print the status when they fail.
#pragma once

#include <catch2/catch.hpp>
#include <ostream>
#include <sstream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace oshirase::testing {

inline absl::Status StatusOf(const absl::Status& status) { return status; }

template <typename T>
absl::Status StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

// "OK", or the code and the message, for Catch2 to print.
inline std::string Describe(const absl::Status& status) { return status.ToString(); }

}  // namespace oshirase::testing

// Checks that a Status or StatusOr is OK; REQUIRE_OK ends the test case otherwise.
#define CHECK_OK(expr) \
  CHECK(::oshirase::testing::Describe(::oshirase::testing::StatusOf(expr)) == "OK")
#define REQUIRE_OK(expr) \
  REQUIRE(::oshirase::testing::Describe(::oshirase::testing::StatusOf(expr)) == "OK")

// Checks the code: CHECK_CODE(store.Find("x"), absl::StatusCode::kNotFound).
#define CHECK_CODE(expr, expected)                                              \
  CHECK(absl::StatusCodeToString(::oshirase::testing::StatusOf(expr).code()) == \
        absl::StatusCodeToString(expected))
