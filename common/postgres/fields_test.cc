#include "common/postgres/fields.h"

#include <catch2/catch.hpp>

namespace oshirase::postgres {
namespace {

TEST_CASE("a time becomes UTC text in microseconds, rounded down") {
  const absl::Time time = absl::FromUnixSeconds(1606791845) + absl::Microseconds(678901);
  CHECK(TimeParam(time) == "2020-12-01 03:04:05.678901+00");
  CHECK(TimeParam(time + absl::Nanoseconds(999)) == "2020-12-01 03:04:05.678901+00");
  CHECK(TimeParam(absl::UnixEpoch() - absl::Nanoseconds(1)) == "1969-12-31 23:59:59.999999+00");
}

TEST_CASE("infinite times become Postgres' infinities") {
  CHECK(TimeParam(absl::InfiniteFuture()) == "infinity");
  CHECK(TimeParam(absl::InfinitePast()) == "-infinity");
}

TEST_CASE("days since 1970 become dates") {
  CHECK(DateParam(0) == "1970-01-01");
  CHECK(DateParam(18597) == "2020-12-01");
  CHECK(DateParam(-1) == "1969-12-31");
}

TEST_CASE("absent values become null parameters") {
  CHECK(NullableTimeParam(std::nullopt) == std::nullopt);
  CHECK(NullableBytesParam(std::nullopt) == std::nullopt);
  CHECK(NullableTimeParam(absl::UnixEpoch()) == "1970-01-01 00:00:00.000000+00");
  CHECK(NullableBytesParam(std::string("\x00\xff", 2)) == "\\x00ff");
}

}  // namespace
}  // namespace oshirase::postgres
