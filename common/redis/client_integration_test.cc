#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "common/redis/client.h"
#include "common/status/errors.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_redis.h"

namespace oshirase::redis {
namespace {

using testing::TempRedis;

constexpr absl::Duration kLimit = absl::Milliseconds(200);

ClientOptions OptionsFor(const TempRedis& redis) {
  return {.address = *ParseUrl(redis.url()),
          .timeouts = {.command = absl::Seconds(5)},
          .pause_after_failure = absl::Milliseconds(100)};
}

// For servers that do not answer: each call is given up after kLimit.
ClientOptions ImpatientOptionsFor(const TempRedis& redis) {
  ClientOptions options = OptionsFor(redis);
  options.timeouts.command = kLimit;
  return options;
}

void WaitOutThePause() { absl::SleepFor(absl::Milliseconds(110)); }

// Adds ARGV[1] to a counter, up to 20.
constexpr char kCapped[] = R"lua(
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

TEST_CASE("a client can be made before its server is there") {
  TempRedis redis;
  redis.Kill();
  Client client(OptionsFor(redis));

  CHECK_CODE(client.Ping(), absl::StatusCode::kUnavailable);
  redis.Restart();
  WaitOutThePause();
  CHECK_OK(client.Ping());
}

TEST_CASE("a server restarted between calls costs no failure") {
  TempRedis redis;
  Client client(OptionsFor(redis));
  REQUIRE_OK(client.Ping());

  redis.Restart();

  CHECK_OK(client.Ping());
}

TEST_CASE("a server that is down is refused at once, and for a while without trying") {
  TempRedis redis;
  ClientOptions options = OptionsFor(redis);
  options.pause_after_failure = absl::Hours(1);
  Client client(options);
  REQUIRE_OK(client.Ping());
  redis.Kill();

  const absl::Time begin = absl::Now();
  CHECK_CODE(client.Ping(), absl::StatusCode::kUnavailable);
  CHECK(absl::Now() - begin < absl::Seconds(1));

  redis.Restart();
  CHECK_CODE(client.Ping(), absl::StatusCode::kUnavailable);
}

TEST_CASE("a server that does not answer in time is UNAVAILABLE") {
  TempRedis redis;
  Client client(ImpatientOptionsFor(redis));
  REQUIRE_OK(client.Ping());
  redis.Pause(absl::Seconds(10));

  const absl::Time begin = absl::Now();
  const auto status = client.Ping();

  CHECK_CODE(status, absl::StatusCode::kUnavailable);
  CHECK(absl::Now() - begin >= kLimit);
  CHECK(absl::Now() - begin < absl::Seconds(5));
}

TEST_CASE("a late answer is never taken for the answer to a later command") {
  TempRedis redis;
  Client client(ImpatientOptionsFor(redis));
  REQUIRE_OK(client.Run({"SET", "secret", "late"}));
  redis.Pause(kLimit + absl::Milliseconds(100));
  CHECK_CODE(client.Run({"GET", "secret"}), absl::StatusCode::kUnavailable);

  absl::SleepFor(absl::Milliseconds(200));

  CHECK(*client.Run({"PING"})->String() == "PONG");
}

TEST_CASE("a server that stands still after accepting a connection is UNAVAILABLE") {
  TempRedis redis;
  Client client(ImpatientOptionsFor(redis));
  redis.Freeze();

  const auto status = client.Ping();

  redis.Resume();
  CHECK_CODE(status, absl::StatusCode::kUnavailable);
  WaitOutThePause();
  CHECK_OK(client.Ping());
}

TEST_CASE("a connection that failed takes the idle ones with it") {
  TempRedis redis;
  Client client(ImpatientOptionsFor(redis));
  const auto hold_one = [&] { CHECK_OK(client.Run({"BLPOP", "never", "0.05"})); };
  std::thread second(hold_one);
  std::thread third(hold_one);
  hold_one();
  second.join();
  third.join();
  redis.Pause(kLimit + absl::Milliseconds(100));
  CHECK_CODE(client.Ping(), absl::StatusCode::kUnavailable);
  absl::SleepFor(absl::Milliseconds(200));

  const auto clients = client.Run({"CLIENT", "LIST"})->String();

  REQUIRE_OK(clients);
  CHECK(std::count(clients->begin(), clients->end(), '\n') == 1);
}

TEST_CASE("the time limit holds on a connection made after a failure") {
  TempRedis redis;
  Client client(ImpatientOptionsFor(redis));
  redis.Pause(kLimit + absl::Milliseconds(100));
  REQUIRE_FALSE(client.Ping().ok());
  absl::SleepFor(absl::Milliseconds(200));
  REQUIRE_OK(client.Ping());
  redis.Pause(absl::Seconds(10));

  const absl::Time begin = absl::Now();

  CHECK_CODE(client.Ping(), absl::StatusCode::kUnavailable);
  CHECK(absl::Now() - begin < absl::Seconds(5));
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

TEST_CASE("a failing server under many threads fails them all and then serves them all") {
  TempRedis redis;
  Client client(OptionsFor(redis));
  std::atomic<bool> stop = false;
  std::atomic<int> served = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      while (!stop) {
        if (client.Ping().ok()) {
          ++served;
        } else {
          absl::SleepFor(absl::Milliseconds(1));
        }
      }
    });
  }

  for (int round = 0; round < 5; ++round) redis.Restart();
  WaitOutThePause();
  const int before = served;
  absl::SleepFor(absl::Milliseconds(100));
  stop = true;
  for (auto& thread : threads) thread.join();

  CHECK(served > before);
  CHECK_OK(client.Ping());
}

TEST_CASE("Redis over TCP where nobody listens is UNAVAILABLE") {
  Client client({.address = *ParseUrl("redis://127.0.0.1:1")});

  CHECK_CODE(client.Ping(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace oshirase::redis
