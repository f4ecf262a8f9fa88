#include "services/gateway/line/tried_tokens.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"

namespace oshirase::gateway {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'591'005'600);

TEST_CASE("a token is new once, whatever else is tried between") {
  TriedTokens tokens;
  CHECK(tokens.Add("a", kNow));
  CHECK(tokens.Add("b", kNow));
  CHECK(tokens.Add("", kNow));
  CHECK_FALSE(tokens.Add("a", kNow + absl::Seconds(1)));
  CHECK_FALSE(tokens.Add("b", kNow));
  CHECK_FALSE(tokens.Add("", kNow));
}

TEST_CASE("a token is remembered as long as LINE may take it, however often it comes") {
  TriedTokens tokens({.keep = absl::Minutes(21)});
  CHECK(tokens.Add("a", kNow));
  CHECK(tokens.Add("b", kNow + absl::Minutes(1)));
  CHECK_FALSE(tokens.Add("a", kNow + absl::Minutes(21) - absl::Milliseconds(1)));

  CHECK(tokens.Add("a", kNow + absl::Minutes(21)));
  CHECK_FALSE(tokens.Add("b", kNow + absl::Minutes(21)));
  CHECK(tokens.size() == 2);
}

TEST_CASE("no more tokens are held than there is room for; the oldest is forgotten first") {
  TriedTokens tokens({.capacity = 1000});
  for (int i = 0; i < 10'000; ++i) REQUIRE(tokens.Add(absl::StrCat(i), kNow));
  CHECK(tokens.size() == 1000);
  for (int i = 9'000; i < 10'000; ++i) REQUIRE_FALSE(tokens.Add(absl::StrCat(i), kNow));
  CHECK(tokens.Add("8999", kNow));
  CHECK(tokens.Add("9000", kNow));
  CHECK(tokens.size() == 1000);
}

TEST_CASE("a clock that is set back forgets nothing and keeps within its room") {
  TriedTokens tokens({.capacity = 2});
  CHECK(tokens.Add("a", kNow));
  CHECK_FALSE(tokens.Add("a", kNow - absl::Hours(1)));
  CHECK(tokens.Add("b", kNow - absl::Hours(1)));
  CHECK(tokens.Add("c", kNow - absl::Hours(1)));
  CHECK(tokens.size() == 2);
}

}  // namespace
}  // namespace oshirase::gateway
