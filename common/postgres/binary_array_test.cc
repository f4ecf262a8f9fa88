#include "common/postgres/binary_array.h"

#include <catch2/catch.hpp>

#include "absl/strings/escaping.h"

namespace oshirase::postgres {
namespace {

std::string Hex(const BinaryArray& array) { return absl::BytesToHexString(array.Param().str()); }

TEST_CASE("an empty array has no dimension") {
  CHECK(Hex(ByteaArray()) ==
        "00000000"
        "00000000"
        "00000011");
}

TEST_CASE("an array is its header, then each element after its length") {
  ByteaArray array;
  array.Add(absl::string_view("\0\xff", 2));
  array.Add("");
  CHECK(Hex(array) ==
        "00000001"
        "00000000"
        "00000011"
        "00000002"
        "00000001"
        "00000002"
        "00ff"
        "00000000");
  CHECK(array.size() == 2);
}

TEST_CASE("a null element has length -1 and is announced in the header") {
  Int4Array array;
  array.Add(1);
  array.AddNull();
  CHECK(Hex(array) ==
        "00000001"
        "00000001"
        "00000017"
        "00000002"
        "00000001"
        "00000004"
        "00000001"
        "ffffffff");
}

TEST_CASE("integers are big endian in two's complement") {
  Int2Array two;
  two.Add(-2);
  Int4Array four;
  four.Add(-2);
  Int8Array eight;
  eight.Add(-2);
  CHECK(Hex(two).substr(40) ==
        "00000002"
        "fffe");
  CHECK(Hex(four).substr(40) ==
        "00000004"
        "fffffffe");
  CHECK(Hex(eight).substr(40) ==
        "00000008"
        "fffffffffffffffe");
}

TEST_CASE("a UUID is 16 bytes, from either case of its text or raw") {
  UuidArray array;
  CHECK(array.Add("00112233-4455-6677-8899-aabbccddeeff").ok());
  CHECK(array.Add("00112233-4455-6677-8899-AABBCCDDEEFF").ok());
  CHECK(array.AddRaw(absl::HexStringToBytes("00112233445566778899aabbccddeeff")).ok());
  const std::string element =
      "00000010"
      "00112233445566778899aabbccddeeff";
  CHECK(Hex(array).substr(40) == element + element + element);
}

TEST_CASE("what is no UUID is refused and leaves the array alone") {
  UuidArray array;
  const std::string text =
      GENERATE(as<std::string>(), "", "00112233445566778899aabbccddeeff",
               "00112233-4455-6677-8899-aabbccddeef", "00112233-4455-6677-8899-aabbccddeeff0",
               "00112233-4455-6677-8899_aabbccddeeff", "00112233-4455-6677-8899-aabbccddeefg",
               "{0112233-4455-6677-8899-aabbccddeef}");
  CAPTURE(text);
  CHECK(absl::IsInvalidArgument(array.Add(text)));
  CHECK(absl::IsInvalidArgument(array.AddRaw("too short")));
  CHECK(array.size() == 0);
}

TEST_CASE("dates and times count from the year 2000") {
  DateArray dates;
  dates.Add(10957);  // 2000-01-01
  dates.Add(0);      // 1970-01-01
  TimestamptzArray times;
  times.Add(absl::FromUnixSeconds(946684800) + absl::Microseconds(1));
  times.Add(absl::FromUnixSeconds(946684800) - absl::Nanoseconds(1));  // rounded down
  CHECK(Hex(dates).substr(40) ==
        "00000004"
        "00000000"
        "00000004"
        "ffffd533");
  CHECK(Hex(times).substr(40) ==
        "00000008"
        "0000000000000001"
        "00000008"
        "ffffffffffffffff");
}

TEST_CASE("a parameter taken earlier does not grow with the array") {
  Int4Array array;
  array.Add(1);
  const auto before = array.Param();
  array.Add(2);
  CHECK(before.size() == 28);
  CHECK(array.Param().size() == 36);
}

}  // namespace
}  // namespace oshirase::postgres
