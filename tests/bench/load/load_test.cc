#include "tests/bench/load/load.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/bench/load/load_report.h"
#include "tests/bench/load/testing/tiny_server.h"

namespace oshirase::bench {
namespace {

Webhooks SomeWebhooks(size_t count) {
  return {{.host = "localhost",
           .channel_secret = "secret",
           .bot_user_id = "U8e742f61d673b39c7fff3cecb7536ef0",
           .venue_codes = {"AAAA"},
           .time = absl::FromUnixSeconds(1591005600)},
          count};
}

LoadOptions Against(const TinyServer& server) {
  return {.port = server.port(), .connections = 4, .duration = absl::Seconds(20)};
}

TEST_CASE("a closed loop sends every webhook once and counts an answer for each") {
  const TinyServer server;
  const auto webhooks = SomeWebhooks(200);

  const auto result = RunLoad(Against(server), webhooks);

  REQUIRE(result.ok());
  CHECK(result->answers == std::map<int, uint64_t>{{200, 200}});
  CHECK(result->latencies.size() == 200);
  CHECK(result->ran_out);
  CHECK(result->lost + result->unanswered + result->unsent == 0);
  const auto bodies = server.bodies();
  CHECK(bodies.size() == 200);
  CHECK(std::set<std::string>(bodies.begin(), bodies.end()).size() == 200);
}

TEST_CASE("a closed loop stops sending when its time is over and waits for the last answers") {
  const TinyServer server({.delay = absl::Milliseconds(20)});
  auto options = Against(server);
  options.duration = absl::Milliseconds(100);

  const auto result = RunLoad(options, SomeWebhooks(10'000));

  REQUIRE(result.ok());
  CHECK_FALSE(result->ran_out);
  // Four connections, at most six answers each.
  CHECK(result->answers.at(200) >= 4);
  CHECK(result->answers.at(200) <= 24);
  CHECK(result->answers.at(200) == server.bodies().size());
  CHECK(*std::min_element(result->latencies.begin(), result->latencies.end()) >= 20'000);
}

TEST_CASE("in an open loop a slow server is charged for all who wait for it") {
  const TinyServer server({.delay = absl::Milliseconds(20)});
  auto options = Against(server);
  options.connections = 1;
  options.rate = 100;
  options.duration = absl::Milliseconds(200);

  const auto result = RunLoad(options, SomeWebhooks(20));

  REQUIRE(result.ok());
  CHECK(result->answers.at(200) == 20);
  CHECK(result->unsent == 0);
  // Due after 190 ms, answered after 20 times 20 ms.
  CHECK(*std::max_element(result->latencies.begin(), result->latencies.end()) >= 200'000);
  CHECK(result->elapsed >= absl::Milliseconds(400));
}

TEST_CASE("an open loop sends no faster than its rate") {
  const TinyServer server;
  auto options = Against(server);
  options.rate = 200;
  options.duration = absl::Milliseconds(250);

  const auto result = RunLoad(options, SomeWebhooks(50));

  REQUIRE(result.ok());
  CHECK(result->answers.at(200) == 50);
  CHECK(result->elapsed >= absl::Milliseconds(240));
}

TEST_CASE("when patience ends the rest is counted as unanswered and unsent") {
  const TinyServer server({.delay = absl::Milliseconds(300)});
  auto options = Against(server);
  options.connections = 2;
  options.rate = 1000;
  options.duration = absl::Milliseconds(10);
  options.patience = absl::Milliseconds(50);

  const auto result = RunLoad(options, SomeWebhooks(10));

  REQUIRE(result.ok());
  CHECK(result->answers.empty());
  CHECK(result->unanswered == 2);
  CHECK(result->unsent == 8);
}

TEST_CASE("answers are counted by status") {
  const TinyServer server({.answer = "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"});
  const auto result = RunLoad(Against(server), SomeWebhooks(10));
  REQUIRE(result.ok());
  CHECK(result->answers == std::map<int, uint64_t>{{503, 10}});
}

TEST_CASE("a connection that the server ends is made anew, and its webhook is lost or answered") {
  const TinyServer server({.answers_per_connection = 3});
  const auto result = RunLoad(Against(server), SomeWebhooks(100));
  REQUIRE(result.ok());
  CHECK(result->answers.at(200) + result->lost == 100);
  CHECK(result->answers.at(200) >= 30);
}

TEST_CASE("a connection that the server announces to close loses nothing") {
  const TinyServer server(
      {.answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
       .answers_per_connection = 1});
  const auto result = RunLoad(Against(server), SomeWebhooks(50));
  REQUIRE(result.ok());
  CHECK(result->answers == std::map<int, uint64_t>{{200, 50}});
  CHECK(result->lost == 0);
}

TEST_CASE("an answer that is not HTTP is a loss") {
  const TinyServer server({.answer = "SSH-2.0-OpenSSH\r\n\r\n"});
  const auto result = RunLoad(Against(server), SomeWebhooks(10));
  REQUIRE(result.ok());
  CHECK(result->lost == 10);
  CHECK(result->answers.empty());
}

TEST_CASE("nobody listening is an error, and so are too few webhooks for an open loop") {
  uint16_t closed_port = 0;
  {
    const TinyServer server;
    closed_port = server.port();
  }
  const auto unreachable = RunLoad({.port = closed_port}, SomeWebhooks(1));
  CHECK(unreachable.status().code() == absl::StatusCode::kUnavailable);
  const auto too_few =
      RunLoad({.port = closed_port, .duration = absl::Seconds(1), .rate = 10}, SomeWebhooks(9));
  CHECK(too_few.status().code() == absl::StatusCode::kInvalidArgument);
}

TEST_CASE("a percentile is the nearest rank") {
  CHECK(Percentile({}, 0.5) == 0);
  CHECK(Percentile({7}, 0.5) == 7);
  CHECK(Percentile({1, 2, 3, 4}, 0.5) == 2);
  CHECK(Percentile({1, 2, 3, 4}, 0.51) == 3);
  CHECK(Percentile({1, 2, 3, 4}, 0.99) == 4);
  CHECK(Percentile({1, 2, 3, 4}, 0) == 1);
}

TEST_CASE("a report rates what was answered with 200 by the time until the last answer") {
  LoadResult result;
  result.answers = {{200, 300}, {503, 100}};
  result.latencies = {4000, 1000, 3000, 2000};
  result.elapsed = absl::Seconds(2);

  const auto report = ReportOf({.connections = 8, .rate = 150}, result);

  CHECK(report["ok"] == 300);
  CHECK(report["rate"] == 150.0);
  CHECK(report["rate_wanted"] == 150.0);
  CHECK(report["answers"] == nlohmann::json{{"200", 300}, {"503", 100}});
  CHECK(report["latency_ms"]["p50"] == 2.0);
  CHECK(report["latency_ms"]["max"] == 4.0);
  CHECK(ReportOf({}, {})["rate"] == 0.0);
  CHECK(ReportOf({}, {})["rate_wanted"].is_null());
}

}  // namespace
}  // namespace oshirase::bench
