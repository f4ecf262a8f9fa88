#include "tools/authority/console/guard.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"

namespace oshirase::authority::console {
namespace {

constexpr char kHost[] = "127.0.0.1:12345";

// What the console's own page sends.
Arrival OwnPost(const Guard& guard) {
  const auto cookie = guard.SetCookie();
  return {.method = "POST",
          .path = "/api/entries",
          .host = kHost,
          .origin = absl::StrCat("http://", kHost),
          .fetch_site = "same-origin",
          .cookie = absl::StrCat("other=1; ", cookie.substr(0, cookie.find(';'))),
          .content_type = "application/json",
          .content_length = "2"};
}

Arrival OwnGet(const Guard& guard) {
  auto arrival = OwnPost(guard);
  arrival.method = "GET";
  arrival.origin = "";
  return arrival;
}

std::string ReasonFor(const Guard& guard, const Arrival& arrival) {
  const auto refusal = guard.Refuse(arrival);
  return refusal.has_value() ? refusal->reason : "";
}

TEST_CASE("what the console's own pages send goes on") {
  const Guard guard(kHost);

  CHECK(ReasonFor(guard, OwnPost(guard)) == "");
  CHECK(ReasonFor(guard, OwnGet(guard)) == "");
}

TEST_CASE("the token opens the first page alone") {
  const Guard guard(kHost);
  Arrival arrival{.method = "GET", .path = "/", .token = guard.token(), .host = kHost};

  CHECK(guard.IsEntrance(arrival));
  CHECK(ReasonFor(guard, arrival) == "");

  arrival.path = "/api/me";
  CHECK_FALSE(guard.IsEntrance(arrival));
  CHECK(ReasonFor(guard, arrival) == "NOT_OPENED_WITH_TOKEN");
}

TEST_CASE("a wrong token, another start's token and none are refused") {
  const Guard guard(kHost);

  for (const auto& token : {std::string(), std::string("wrong"), Guard(kHost).token(),
                            guard.token() + "x", guard.token().substr(1)}) {
    CHECK(ReasonFor(guard, {.method = "GET", .path = "/", .token = token, .host = kHost}) ==
          "NOT_OPENED_WITH_TOKEN");
  }
}

TEST_CASE("a wrong cookie is refused, also that of another console") {
  const Guard guard(kHost);
  auto arrival = OwnGet(guard);
  const auto other = Guard(kHost).SetCookie();

  for (const auto& cookie : {std::string(), std::string("oshirase-console-12345="), other}) {
    arrival.cookie = cookie;
    CHECK(ReasonFor(guard, arrival) == "NOT_OPENED_WITH_TOKEN");
  }
  CHECK(Guard("127.0.0.1:1").SetCookie().rfind("oshirase-console-1=", 0) == 0);
}

TEST_CASE("a name that points here is not our host") {
  const Guard guard(kHost);
  for (const auto* host :
       {"evil.example:12345", "127.0.0.1", "127.0.0.1:1", "localhost:12345", ""}) {
    auto arrival = OwnGet(guard);
    arrival.host = host;
    CHECK(ReasonFor(guard, arrival) == "HOST_NOT_OURS");
    arrival.path = "/";
    arrival.token = guard.token();
    CHECK(ReasonFor(guard, arrival) == "HOST_NOT_OURS");
  }
}

TEST_CASE("a page from elsewhere can neither look nor change") {
  const Guard guard(kHost);

  for (const auto* site : {"cross-site", "same-site"}) {
    auto look = OwnGet(guard);
    look.fetch_site = site;
    CHECK(ReasonFor(guard, look) == "CROSS_SITE");
  }
  for (const auto* origin : {"", "null", "http://evil.example", "http://127.0.0.1:1"}) {
    auto change = OwnPost(guard);
    change.fetch_site = "";
    change.origin = origin;
    CHECK(ReasonFor(guard, change) == "CROSS_ORIGIN");
  }
}

TEST_CASE("bodies that are no JSON or whose length is not told are refused") {
  const Guard guard(kHost);

  auto arrival = OwnPost(guard);
  arrival.content_type = "text/plain";
  CHECK(ReasonFor(guard, arrival) == "NOT_JSON");
  arrival = OwnPost(guard);
  arrival.content_encoding = "gzip";
  CHECK(ReasonFor(guard, arrival) == "NOT_JSON");
  arrival = OwnPost(guard);
  arrival.transfer_encoding = "chunked";
  CHECK(ReasonFor(guard, arrival) == "LENGTH_REQUIRED");
  arrival = OwnPost(guard);
  arrival.content_length = "";
  CHECK(ReasonFor(guard, arrival) == "LENGTH_REQUIRED");
  arrival = OwnPost(guard);
  arrival.method = "PUT";
  CHECK(ReasonFor(guard, arrival) == "METHOD_NOT_ALLOWED");
}

}  // namespace
}  // namespace oshirase::authority::console
