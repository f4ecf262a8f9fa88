#include "common/redis/url.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"

namespace oshirase::redis {
namespace {

TEST_CASE("a unix URL names the socket's path") {
  const auto address = ParseUrl("unix:///run/oshirase/redis.sock");
  REQUIRE(address.ok());
  CHECK(*address == Address{.path = "/run/oshirase/redis.sock"});
}

TEST_CASE("a redis URL names host and port") {
  CHECK(*ParseUrl("redis://redis.example:6380") == Address{.host = "redis.example", .port = 6380});
}

TEST_CASE("a redis URL without a port means 6379") {
  CHECK(*ParseUrl("redis://127.0.0.1") == Address{.host = "127.0.0.1", .port = 6379});
}

TEST_CASE("an IPv6 host stands in brackets") {
  CHECK(*ParseUrl("redis://[::1]:7000") == Address{.host = "::1", .port = 7000});
  CHECK(*ParseUrl("redis://[::1]") == Address{.host = "::1", .port = 6379});
}

TEST_CASE("what is no Redis URL is refused") {
  const std::string url = GENERATE(as<std::string>(), "", "redis", "redis://", "redis://:6379",
                                   "redis://h:", "redis://h:x", "redis://h:0", "redis://h:65536",
                                   "redis://[::1", "redis://[::1]7", "redis://::1", "rediss://h:1",
                                   "unix://", "unix:///", "unix://relative/path", "http://h:1");
  CAPTURE(url);
  CHECK(absl::IsInvalidArgument(ParseUrl(url).status()));
}

TEST_CASE("a socket path that the kernel cannot hold is refused") {
  CHECK(ParseUrl("unix:///" + std::string(106, 'a')).ok());
  CHECK(absl::IsInvalidArgument(ParseUrl("unix:///" + std::string(107, 'a')).status()));
}

TEST_CASE("a password in a Redis URL is refused and not repeated") {
  const auto status = ParseUrl("redis://:hunter2@h:1").status();
  CHECK(absl::IsInvalidArgument(status));
  CHECK_FALSE(absl::StrContains(status.message(), "hunter2"));
}

}  // namespace
}  // namespace oshirase::redis
