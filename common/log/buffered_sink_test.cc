#include "common/log/buffered_sink.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "spdlog/logger.h"

namespace oshirase {
namespace {

// A log into a pipe, and what has come out of it.
struct World {
  explicit World(absl::Duration max_delay) {
    std::array<int, 2> ends{};
    REQUIRE(pipe2(ends.data(), O_NONBLOCK) == 0);
    out = ends[0];
    file = fdopen(ends[1], "w");
    log = std::make_unique<spdlog::logger>("test", std::make_shared<BufferedSink>(file, max_delay));
    log->flush_on(spdlog::level::warn);
  }
  ~World() {
    log.reset();
    fclose(file);
    close(out);
  }

  std::string Written() const {
    std::array<char, 256 * 1024> bytes;
    const ssize_t count = read(out, bytes.data(), bytes.size());
    return count > 0 ? std::string(bytes.data(), static_cast<size_t>(count)) : "";
  }

  // What is written by when a generous time is over, at the latest.
  std::string WrittenInTime() const {
    for (int i = 0; i < 1000; ++i) {
      if (auto text = Written(); !text.empty()) return text;
      absl::SleepFor(absl::Milliseconds(10));
    }
    return "";
  }

  int out = -1;
  std::FILE* file = nullptr;
  std::unique_ptr<spdlog::logger> log;
};

TEST_CASE("lines gather until something urgent takes them along") {
  World world(absl::Hours(1));

  world.log->info("one");
  world.log->info("two");
  CHECK(world.Written().empty());
  world.log->warn("three");

  CHECK(world.Written() == "one\ntwo\nthree\n");
}

TEST_CASE("no line waits longer than the delay, the second time neither") {
  World world(absl::Milliseconds(20));

  world.log->info("one");
  CHECK(world.WrittenInTime() == "one\n");
  world.log->info("two");
  CHECK(world.WrittenInTime() == "two\n");
}

TEST_CASE("many lines are written before they take much memory") {
  World world(absl::Hours(1));

  for (int i = 0; i < 600; ++i) world.log->info(std::string(120, 'x'));

  CHECK_FALSE(world.Written().empty());
}

TEST_CASE("what waits at the end is written") {
  World world(absl::Hours(1));
  world.log->info("last");

  world.log.reset();

  CHECK(world.Written() == "last\n");
}

}  // namespace
}  // namespace oshirase
