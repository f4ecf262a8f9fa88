// Hashes and digests between SQL and the domain.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <pqxx/pqxx>
#include <string>

#include "absl/strings/string_view.h"
#include "common/postgres/fields.h"

namespace oshirase::notifier {

template <size_t N>
absl::string_view ViewOf(const std::array<uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

// For use inside a transaction: throws when the field has another size.
template <size_t N>
std::array<uint8_t, N> ArrayOf(const pqxx::field& field) {
  const std::string bytes = postgres::Bytes(field);
  if (bytes.size() != N) throw pqxx::conversion_error("bytes of an unexpected size");
  std::array<uint8_t, N> result{};
  std::copy(bytes.begin(), bytes.end(), result.begin());
  return result;
}

}  // namespace oshirase::notifier
