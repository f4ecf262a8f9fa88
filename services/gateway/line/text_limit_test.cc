#include "services/gateway/line/text_limit.h"

#include <catch2/catch.hpp>

namespace oshirase::gateway {
namespace {

TEST_CASE("a text within the limit stays as it is") {
  CHECK(ClipUtf16("", 5) == "");
  CHECK(ClipUtf16("お知らせ", 4) == "お知らせ");
  CHECK(ClipUtf16("😄😄", 4) == "😄😄");
}

TEST_CASE("a longer text is cut to fit together with an ellipsis") {
  CHECK(ClipUtf16("お知らせです", 4) == "お知ら…");
  CHECK(ClipUtf16("ab", 1) == "…");
}

TEST_CASE("neither a surrogate pair nor a character as a reader sees it is split") {
  CHECK(ClipUtf16("a😄bcd", 3) == "a…");
  CHECK(ClipUtf16("か\u3099き\u3099く", 4) == "か\u3099…");
  CHECK(ClipUtf16("x👨‍👩‍👧yyyy", 8) == "x…");
}

TEST_CASE("bytes that are not UTF-8 are replaced") { CHECK(ClipUtf16("a\xff", 5) == "a\uFFFD"); }

}  // namespace
}  // namespace oshirase::gateway
