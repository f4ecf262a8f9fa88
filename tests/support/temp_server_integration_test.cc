#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <string>

#include "absl/time/clock.h"
#include "tests/support/temp_server.h"

namespace oshirase::testing {
namespace {

bool Exists(const std::string& path) {
  struct stat ignored = {};
  return stat(path.c_str(), &ignored) == 0;
}

bool GoneWithin(absl::Duration limit, const std::string& path) {
  const absl::Time deadline = absl::Now() + limit;
  while (Exists(path)) {
    if (absl::Now() > deadline) return false;
    absl::SleepFor(absl::Milliseconds(5));
  }
  return true;
}

std::string FirstLine(const std::string& path) {
  std::string line;
  std::getline(std::ifstream(path) >> std::ws, line);
  return line;
}

TEST_CASE("a server and its folder are gone with their object") {
  std::string folder;
  std::string process;
  {
    TempServer server("oshirase-test-");
    server.Spawn({"sleep", "60"});
    folder = server.folder();
    process = "/proc/" + FirstLine(folder + "/pid");
    CHECK(Exists(process));
  }

  CHECK_FALSE(Exists(folder));
  CHECK_FALSE(Exists(process));
}

TEST_CASE("a server and its folder are gone after their test process was killed") {
  std::array<int, 2> ends = {-1, -1};
  REQUIRE(pipe(ends.data()) == 0);
  const pid_t child = fork();
  if (child == 0) {
    auto* const server = new TempServer("oshirase-test-");
    server->Spawn({"sleep", "60"});
    const std::string process = "/proc/" + FirstLine(server->folder() + "/pid");
    const std::string names = server->folder() + " " + process + " ";
    if (write(ends[1], names.data(), names.size()) > 0) kill(getpid(), SIGKILL);
    _exit(1);
  }
  close(ends[1]);
  std::string names(1000, '\0');
  names.resize(read(ends[0], names.data(), names.size()));
  close(ends[0]);
  waitpid(child, nullptr, 0);
  const std::string folder = names.substr(0, names.find(' '));
  const std::string process = names.substr(folder.size() + 1, names.rfind(' ') - folder.size() - 1);

  CHECK(GoneWithin(absl::Seconds(5), process));
  CHECK(GoneWithin(absl::Seconds(5), folder));
}

TEST_CASE("a server that ends at its start is reported with what it printed") {
  TempServer server("oshirase-test-");
  server.Spawn({"sh", "-c", "echo no such option; exit 1"});

  CHECK_THROWS_WITH(server.WaitUntil([] { return false; }), Catch::Contains("no such option"));
}

TEST_CASE("a command that fails is reported with what it printed") {
  CHECK_THROWS_WITH(RunCommand({"sh", "-c", "echo wrong; exit 3"}), Catch::Contains("wrong"));
  CHECK_NOTHROW(RunCommand({"true"}));
}

}  // namespace
}  // namespace oshirase::testing
