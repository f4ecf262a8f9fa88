#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "common/redis/client.h"
#include "common/status/errors.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_redis.h"

namespace oshirase::redis {
namespace {

using testing::TempRedis;

ClientOptions OptionsFor(const TempRedis& redis) {
  return {.address = *ParseUrl(redis.url()),
          .timeouts = {.command = absl::Seconds(5)},
          .pause_after_failure = absl::Milliseconds(100)};
}

// Adds ARGV[1] to a counter, up to 20.
constexpr const char* kCapped = R"lua(
  local count = tonumber(redis.call('GET', KEYS[1]) or '0') + tonumber(ARGV[1])
  if count > 20 then return -1 end
  redis.call('SET', KEYS[1], count)
  return count
)lua";

TEST_CASE("answers come as the kind of value they are") {
  TempRedis redis;
  Client client(OptionsFor(redis));
  const std::string bytes("\0\xff\r\n", 4);

  CHECK_OK(client.Run({"SET", "key", bytes}));
  CHECK(*client.Run({"GET", "key"})->String() == bytes);
  CHECK(*client.Run({"INCRBY", "count", "7"})->Integer() == 7);
  CHECK(client.Run({"GET", "absent"})->is_nil());
  CHECK_OK(client.Run({"RPUSH", "list", "a", "b"}));
  CHECK(*client.Run({"LRANGE", "list", "0", "-1"})->Strings() ==
        std::vector<std::string>{"a", "b"});
}

TEST_CASE("an error answer is a status and leaves the connection in use") {
  TempRedis redis;
  Client client(OptionsFor(redis));
  REQUIRE_OK(client.Run({"SET", "key", "text"}));

  const auto wrong = client.Run({"INCR", "key"});

  CHECK_CODE(wrong, absl::StatusCode::kInternal);
  CHECK(ReasonOf(wrong.status()) == "REDIS_ERR");
  CHECK_OK(client.Run({"GET", "key"}));
}

TEST_CASE("a pipeline is answered step by step, errors in their places") {
  TempRedis redis;
  Client client(OptionsFor(redis));
  Pipeline pipeline;
  pipeline.Add({"SET", "text", "x"});
  pipeline.Add({"INCR", "text"});
  pipeline.Add({"INCR", "count"});

  const auto replies = client.Run(pipeline);

  REQUIRE_OK(replies);
  REQUIRE(replies->size() == 3);
  CHECK_OK((*replies)[0].status());
  CHECK_CODE((*replies)[1].status(), absl::StatusCode::kInternal);
  CHECK(*(*replies)[2].Integer() == 1);
  CHECK_FALSE(FirstError(*replies).ok());
}

TEST_CASE("an empty pipeline has no answers") {
  TempRedis redis;
  Client client(OptionsFor(redis));

  CHECK(client.Run(Pipeline())->empty());
}

TEST_CASE("a pipeline of ten thousand commands is answered whole") {
  TempRedis redis;
  Client client(OptionsFor(redis));
  Pipeline pipeline;
  for (int i = 0; i < 10000; ++i) pipeline.Add({"INCR", "count"});

  const auto replies = client.Run(pipeline);

  REQUIRE_OK(replies);
  CHECK(*replies->back().Integer() == 10000);
}

TEST_CASE("a script runs whether or not the server knows it") {
  TempRedis redis;
  Client client(OptionsFor(redis));
  const Script capped(kCapped);
  const ScriptCall call = {.keys = {"count"}, .args = {"8"}};

  CHECK(*client.Run(capped, call)->Integer() == 8);
  CHECK(*client.Run(capped, call)->Integer() == 16);
  REQUIRE_OK(client.Run({"SCRIPT", "FLUSH"}));
  CHECK(*client.Run(capped, call)->Integer() == -1);
}

TEST_CASE("scripts in a pipeline that the server has forgotten are run all the same") {
  TempRedis redis;
  Client client(OptionsFor(redis));
  const Script capped(kCapped);
  Pipeline pipeline;
  pipeline.Add(capped, {.keys = {"a"}, .args = {"1"}});
  pipeline.Add({"INCR", "b"});
  pipeline.Add(capped, {.keys = {"c"}, .args = {"3"}});

  const auto replies = client.Run(pipeline);

  REQUIRE_OK(replies);
  CHECK(*(*replies)[0].Integer() == 1);
  CHECK(*(*replies)[1].Integer() == 1);
  CHECK(*(*replies)[2].Integer() == 3);
}

TEST_CASE("an error inside a script is a status") {
  TempRedis redis;
  Client client(OptionsFor(redis));

  CHECK_CODE(client.Run(Script("return redis.call('INCR')"), {}), absl::StatusCode::kInternal);
}

TEST_CASE("who waits too long for a busy connection is told RESOURCE_EXHAUSTED") {
  TempRedis redis;
  ClientOptions options = OptionsFor(redis);
  options.connections = 1;
  options.timeouts.command = absl::Milliseconds(500);
  Client client(options);
  std::atomic<int> answered = 0;
  std::atomic<int> exhausted = 0;

  // Each holds the one connection for 0.3 s, so the third in line would wait 0.6 s.
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto reply = client.Run({"BLPOP", "never", "0.3"});
      if (reply.ok()) ++answered;
      if (absl::IsResourceExhausted(reply.status())) ++exhausted;
    });
  }
  for (auto& thread : threads) thread.join();

  CHECK(answered == 2);
  CHECK(exhausted == 2);
}

TEST_CASE("many threads share few connections and each gets its own answers") {
  TempRedis redis;
  Client client(OptionsFor(redis));
  std::atomic<int> mixed_up = 0;

  std::vector<std::thread> threads;
  threads.reserve(16);
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&, i] {
      const std::string mine = std::to_string(i);
      for (int j = 0; j < 100; ++j) {
        const auto echo = client.Run({"ECHO", mine});
        if (!echo.ok() || *echo->String() != mine) ++mixed_up;
      }
    });
  }
  for (auto& thread : threads) thread.join();

  CHECK(mixed_up == 0);
}

}  // namespace
}  // namespace oshirase::redis
