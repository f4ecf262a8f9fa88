#include "common/ids/line_user_id.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"

namespace oshirase::ids {
namespace {

const std::string kText = "U00112233445566778899aabbccddeeff";

TEST_CASE("a LINE user id survives the way to 16 bytes and back") {
  const auto id = ParseLineUserId(kText);
  REQUIRE(id.ok());
  CHECK(id->bytes[1] == 0x11);
  CHECK(FormatLineUserId(*id) == kText);
}

TEST_CASE("what is not U and 32 lower-case hex digits is no LINE user id, and is not repeated") {
  for (const std::string& text :
       {std::string(), std::string("U"), kText + "0", kText.substr(0, 32), "u" + kText.substr(1),
        "C" + kText.substr(1), std::string("U00112233445566778899AABBCCDDEEFF"),
        kText.substr(0, 32) + '\0'}) {
    CAPTURE(text);
    const auto id = ParseLineUserId(text);
    CHECK(ReasonOf(id.status()) == "INVALID_LINE_USER_ID");
    if (text.size() > 4) CHECK(id.status().ToString().find(text.substr(1)) == std::string::npos);
  }
}

}  // namespace
}  // namespace oshirase::ids
