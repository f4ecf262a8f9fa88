#include "common/ids/uuid.h"

#include <catch2/catch.hpp>
#include <regex>
#include <set>

#include "common/status/errors.h"

namespace oshirase::ids {
namespace {

TEST_CASE("a new UUID is of version 4, in lower case, and never the same twice") {
  const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string uuid = NewUuid();
    CHECK(std::regex_match(uuid, form));
    CHECK(seen.insert(uuid).second);
  }
}

TEST_CASE("a UUID survives the way to bytes and back") {
  const std::string text = "00112233-4455-4677-8899-aabbccddeeff";
  const auto bytes = ParseUuid(text);
  REQUIRE(bytes.ok());
  CHECK((*bytes)[0] == 0x00);
  CHECK((*bytes)[15] == 0xff);
  CHECK(FormatUuid(*bytes) == text);
}

TEST_CASE("only the canonical form of a UUID is read, and a bad one is not repeated") {
  for (const std::string text :
       {"", "00112233-4455-4677-8899-aabbccddeef", "00112233-4455-4677-8899-aabbccddeefff",
        "00112233-4455-4677-8899-AABBCCDDEEFF", "0011223304455-4677-8899-aabbccddeeff",
        "00112233-4455-4677-8899-aabbccddeefg", "{0112233-4455-4677-8899-aabbccddeef}",
        "00112233-4455-4677-8899aaabbccddeeff", "-0112233-4455-4677-8899-aabbccddeeff"}) {
    CAPTURE(text);
    const auto bytes = ParseUuid(text);
    CHECK(absl::IsInvalidArgument(bytes.status()));
    CHECK(ReasonOf(bytes.status()) == "INVALID_UUID");
    if (!text.empty()) CHECK(bytes.status().ToString().find(text) == std::string::npos);
  }
}

}  // namespace
}  // namespace oshirase::ids
