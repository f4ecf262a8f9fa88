#include "common/server/process.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "common/config/bad_configuration.h"
#include "common/log/log.h"
#include "common/server/stop_signals.h"

namespace oshirase {
namespace {

struct Ended {
  int exit_code = -1;
  std::string out;
  std::string err;
};

std::string ReadAll(int fd) {
  std::string text;
  char buffer[4096];
  for (ssize_t got = 0; (got = read(fd, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<size_t>(got));
  }
  close(fd);
  return text;
}

// Runs `run` as a program of its own and tells how it ended; -1 when a signal ended it.
Ended RunInChild(const std::function<absl::Status()>& run) {
  int out[2];
  int err[2];
  REQUIRE((pipe(out) == 0 && pipe(err) == 0));
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    for (const int fd : {out[0], out[1], err[0], err[1]}) close(fd);
    _exit(RunProgram("registry", run));
  }
  close(out[1]);
  close(err[1]);
  Ended result;
  result.out = ReadAll(out[0]);
  result.err = ReadAll(err[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  return result;
}

TEST_CASE("a program that did its work exits with 0 and says nothing on stderr") {
  const auto ended = RunInChild([] { return absl::OkStatus(); });
  CHECK(ended.exit_code == 0);
  CHECK(ended.err.empty());
}

TEST_CASE("bad configuration is exit code 2 and one line a problem") {
  const auto ended = RunInChild([] {
    return BadConfiguration({"KEK_FILE: is not set", "LISTEN_ADDR: port 7001 is taken"});
  });
  CHECK(ended.exit_code == 2);
  CHECK(ended.err == "registry: KEK_FILE: is not set\nregistry: LISTEN_ADDR: port 7001 is taken\n");
}

TEST_CASE("any other failure is exit code 1") {
  const auto ended =
      RunInChild([] { return absl::UnavailableError("postgres could not be reached for 1m"); });
  CHECK(ended.exit_code == 1);
  CHECK(ended.err == "registry: postgres could not be reached for 1m\n");
}

TEST_CASE("a program logs to stdout under its name, from the level it was given") {
  const auto ended = RunInChild([] {
    LogInfo("first");
    InitLog("registry", LogLevel::kWarning);
    LogInfo("not wanted");
    LogError("last");
    return absl::OkStatus();
  });
  CHECK(ended.out.find(R"("level":"info","service":"registry","msg":"first"})") !=
        std::string::npos);
  CHECK(ended.out.find("not wanted") == std::string::npos);
  CHECK(ended.out.find(R"("level":"error","service":"registry","msg":"last"})") !=
        std::string::npos);
}

TEST_CASE("secrets in memory cannot reach a core file") {
  const auto ended = RunInChild([] {
    rlimit limit{};
    getrlimit(RLIMIT_CORE, &limit);
    const bool off = limit.rlim_max == 0 && prctl(PR_GET_DUMPABLE) == 0;
    return off ? absl::OkStatus() : absl::InternalError("core dumps are on");
  });
  CHECK(ended.exit_code == 0);
}

TEST_CASE("writing to a peer that is gone is an error, not the end") {
  const auto ended = RunInChild([] {
    int fds[2];
    if (pipe(fds) != 0) return absl::InternalError("no pipe");
    close(fds[0]);
    return write(fds[1], "x", 1) < 0 ? absl::OkStatus() : absl::InternalError("written");
  });
  CHECK(ended.exit_code == 0);
}

TEST_CASE("a stop signal is waited for, and seen without being taken") {
  const auto ended = RunInChild([] {
    if (StopSignalWithin(absl::Milliseconds(1))) return absl::InternalError("no signal yet");
    raise(SIGTERM);
    if (!StopSignalWithin(absl::Seconds(5))) return absl::InternalError("not seen");
    if (!StopSignalWithin(absl::Seconds(5))) return absl::InternalError("taken");
    WaitForStopSignal();
    if (StopSignalWithin(absl::Milliseconds(1))) return absl::InternalError("still there");
    return absl::OkStatus();
  });
  CHECK(ended.exit_code == 0);
  CHECK(ended.err.empty());
}

}  // namespace
}  // namespace oshirase
