#include <catch2/catch.hpp>
#include <csignal>

#include "common/redis/client.h"
#include "common/redis/connection.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_redis.h"

namespace oshirase::redis {
namespace {

using testing::TempRedis;

TEST_CASE("a connection whose server has gone is broken and stays so") {
  TempRedis redis;
  const Client ignores_sigpipe({.address = *ParseUrl(redis.url())});
  auto connection = Connection::Open(*ParseUrl(redis.url()), {});
  REQUIRE_OK(connection);
  REQUIRE_FALSE((*connection)->broken());

  redis.Restart();

  CHECK((*connection)->broken());
  CHECK_CODE((*connection)->Run({"PING"}), absl::StatusCode::kUnavailable);
  CHECK_CODE((*connection)->Run({"PING"}), absl::StatusCode::kUnavailable);
  CHECK((*connection)->broken());
}

TEST_CASE("a connection that gave up on an answer takes no more commands") {
  TempRedis redis;
  auto connection = Connection::Open(*ParseUrl(redis.url()), {.command = absl::Milliseconds(100)});
  REQUIRE_OK(connection);
  redis.Pause(absl::Milliseconds(200));

  CHECK_CODE((*connection)->Run({"PING"}), absl::StatusCode::kUnavailable);
  CHECK((*connection)->broken());
  CHECK_CODE((*connection)->Run({"PING"}), absl::StatusCode::kUnavailable);
}

TEST_CASE("a client keeps a server that went away from ending the process by SIGPIPE") {
  std::signal(SIGPIPE, SIG_DFL);
  const Client client({.address = *ParseUrl("unix:///nowhere")});

  CHECK(std::signal(SIGPIPE, SIG_IGN) == SIG_IGN);
}

}  // namespace
}  // namespace oshirase::redis
