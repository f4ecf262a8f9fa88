#include "common/ids/crockford.h"

#include <catch2/catch.hpp>

#include "common/ids/public_number.h"
#include "common/status/errors.h"

namespace oshirase::ids {
namespace {

TEST_CASE("the check symbol is the number modulo 37, as Crockford defines it") {
  CHECK(CanonicalCheckedNumber("0000", 3) == "0000");
  CHECK(CanonicalCheckedNumber("16JD", 3) == "16JD");  // 1234 = 13 mod 37, which is D
  CHECK(CanonicalCheckedNumber("10*", 2) == "10*");    // 32 is *
  CHECK(CanonicalCheckedNumber("11~", 2) == "11~");    // 33 is ~
  CHECK(CanonicalCheckedNumber("12$", 2) == "12$");    // 34 is $
  CHECK(CanonicalCheckedNumber("13=", 2) == "13=");    // 35 is =
  CHECK(CanonicalCheckedNumber("14u", 2) == "14U");    // 36 is U
  CHECK(CanonicalCheckedNumber("150", 2) == "150");    // 37 is 0 again
  CHECK(CanonicalCheckedNumber("10U", 2).empty());
}

TEST_CASE("lower case, look-alikes, hyphens and spaces are read") {
  CHECK(CanonicalCheckedNumber("16jd", 3) == "16JD");
  CHECK(CanonicalCheckedNumber(" i-6 J - d ", 3) == "16JD");
  CHECK(CanonicalCheckedNumber("L6JD", 3) == "16JD");
  CHECK(CanonicalCheckedNumber("oOo0", 3) == "0000");
}

TEST_CASE("too few or too many symbols, and symbols of the check in other places, are refused") {
  for (const std::string text :
       {"", "16J", "16JDD", "16JD0", "1*JD", "U6JD", "16J", "16J!", "\xff"}) {
    CAPTURE(text);
    CHECK(CanonicalCheckedNumber(text, 3).empty());
  }
}

TEST_CASE("a public number survives what people do to it, and a wrong one is refused") {
  for (int i = 0; i < 1000; ++i) {
    const PublicNumber number = NewPublicNumber();
    REQUIRE(number.value.size() == 13);
    const std::string printed = FormatPublicNumber(number);
    REQUIRE(printed.size() == 16);
    REQUIRE(ParsePublicNumber(printed).value() == number);

    std::string wrong = number.value;
    wrong[5] = wrong[5] == '7' ? '8' : '7';
    CHECK(ReasonOf(ParsePublicNumber(wrong).status()) == "INVALID_NUMBER");
  }
}

}  // namespace
}  // namespace oshirase::ids
