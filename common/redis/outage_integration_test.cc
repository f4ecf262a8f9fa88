#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "common/redis/client.h"
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

TEST_CASE("a failing server under many threads fails them all and then serves them all") {
  TempRedis redis;
  Client client(OptionsFor(redis));
  std::atomic<bool> stop = false;
  std::atomic<int> served = 0;
  std::vector<std::thread> threads;
  threads.reserve(8);
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
