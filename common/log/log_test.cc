#include "common/log/log.h"

#include <catch2/catch.hpp>
#include <limits>
#include <nlohmann/json.hpp>
#include <regex>
#include <thread>
#include <vector>

#include "common/log/testing/captured_log.h"

namespace oshirase {
namespace {

using nlohmann::json;

TEST_CASE("a line is one JSON object with its time, level, service, message and fields") {
  const CapturedLog log;

  LogWarning("record failed", {{"request_id", std::string("abc")},
                               {"rows", 3},
                               {"big", std::numeric_limits<uint64_t>::max()},
                               {"ratio", 0.5},
                               {"late", true},
                               {"duration_ms", absl::Microseconds(1500)}});

  REQUIRE(log.lines().size() == 1);
  const json line = json::parse(log.lines()[0]);
  CHECK(std::regex_match(line["ts"].get<std::string>(),
                         std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)")));
  CHECK(line["level"] == "warning");
  CHECK(line["service"] == "test");
  CHECK(line["msg"] == "record failed");
  CHECK(line["request_id"] == "abc");
  CHECK(line["rows"] == 3);
  CHECK(line["big"] == std::numeric_limits<uint64_t>::max());
  CHECK(line["ratio"] == 0.5);
  CHECK(line["late"] == true);
  CHECK(line["duration_ms"] == 1.5);
}

TEST_CASE("quotes, line ends, control characters and broken UTF-8 cannot break out of a line") {
  const CapturedLog log;
  constexpr char kHostile[] = "a\"b\\c\nd\r\t\0e\x1b[31m 大阪";
  const std::string hostile(kHostile, sizeof kHostile - 1);

  LogInfo("hostile \"message\"\n", {{"text", hostile}, {"broken", "\xff\xc3(\xe3\x81"}});

  REQUIRE(log.lines().size() == 1);
  const json line = json::parse(log.lines()[0]);
  CHECK(line["msg"] == "hostile \"message\"\n");
  CHECK(line["text"] == hostile);
  CHECK(line["broken"].get<std::string>().find("\xef\xbf\xbd") != std::string::npos);
}

TEST_CASE("a number that JSON cannot write becomes null") {
  const CapturedLog log;

  LogInfo("odd", {{"ratio", std::numeric_limits<double>::quiet_NaN()}});

  CHECK(json::parse(log.lines().at(0))["ratio"].is_null());
}

TEST_CASE("a message is not a format") {
  const CapturedLog log;

  LogInfo("{} {0} %v %s", {{"text", "{}"}});

  CHECK(json::parse(log.lines().at(0))["msg"] == "{} {0} %v %s");
}

TEST_CASE("lines of many threads do not mix") {
  const CapturedLog log;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([i] {
      for (int j = 0; j < 100; ++j)
        LogInfo("line", {{"thread", i}, {"filler", std::string(200, 'x')}});
    });
  }
  for (auto& thread : threads) thread.join();

  const auto lines = log.lines();
  CHECK(lines.size() == 400);
  for (const auto& line : lines) CHECK(json::accept(line));
}

TEST_CASE("levels have names") {
  CHECK(*ParseLogLevel("debug") == LogLevel::kDebug);
  CHECK(*ParseLogLevel("error") == LogLevel::kError);
  CHECK_FALSE(ParseLogLevel("INFO").ok());
  CHECK_FALSE(ParseLogLevel("").ok());
}

}  // namespace
}  // namespace oshirase
