#include "tests/support/temp_server.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "absl/time/clock.h"

namespace oshirase::testing {
namespace {

// Reads until the test process has closed its end of the pipe, then cleans up. SIGCONT first: a
// stopped server would not notice SIGINT. A server gets 5 s to end in order, so that Postgres
// gives its shared memory back.
constexpr const char* kGuardian = R"sh(
trap '' INT TERM HUP
cat >/dev/null
if pid=$(cat "$1/pid"); then
  kill -CONT $pid $(cat /proc/$pid/task/$pid/children)
  kill -INT $pid
  for i in $(seq 100); do kill -0 $pid || break; sleep 0.05; done
  kill -KILL $pid
fi
rm -rf "$1" || { sleep 1; rm -rf "$1"; }
)sh";

// How much of a log an error quotes.
constexpr size_t kTailBytes = 2000;

[[noreturn]] void Fail(const std::string& what) { throw std::runtime_error(what); }

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<pid_t> ChildrenOf(pid_t pid) {
  const std::string process = std::to_string(pid);
  std::istringstream list(ReadFile("/proc/" + process + "/task/" + process + "/children"));
  std::vector<pid_t> children;
  for (pid_t child = 0; list >> child;) children.push_back(child);
  return children;
}

// Whether the process exists and is more than an exit status that nobody has asked for yet.
bool IsRunning(pid_t pid) {
  const std::string state = ReadFile("/proc/" + std::to_string(pid) + "/stat");
  const size_t name_end = state.rfind(") ");
  return name_end != std::string::npos && state[name_end + 2] != 'Z' && state[name_end + 2] != 'X';
}

// Starts `command` with its standard input from `input`, and its output in the file `log`.
pid_t Start(const std::vector<std::string>& command, int input, const std::string& log) {
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (input >= 0) {
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  } else {
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0644);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t pid = 0;
  const int error =
      posix_spawnp(&pid, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    Fail("cannot start " + command.front() + ": " +
         std::error_code(error, std::generic_category()).message());
  return pid;
}

}  // namespace

void RunCommand(const std::vector<std::string>& command) {
  std::string log = "/tmp/oshirase-command-XXXXXX";
  close(mkstemp(log.data()));
  const pid_t pid = Start(command, -1, log);
  int status = 0;
  waitpid(pid, &status, 0);
  const std::string output = ReadFile(log);
  unlink(log.c_str());
  if (status != 0) Fail(command.front() + " failed:\n" + output);
}

TempServer::TempServer(const std::string& prefix) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing in a test changes the environment
  const char* const parent = std::getenv("TMPDIR");
  folder_ = std::string(parent == nullptr ? "/tmp" : parent) + "/" + prefix + "XXXXXX";
  if (mkdtemp(folder_.data()) == nullptr) Fail("cannot make a folder like " + folder_);
  StartGuardian();
}

void TempServer::StartGuardian() {
  std::array<int, 2> ends = {-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) Fail("cannot make a pipe");
  guardian_pipe_ = ends[1];
  guardian_ = Start({"/bin/sh", "-c", kGuardian, "guardian", folder_}, ends[0], "/dev/null");
  close(ends[0]);
}

TempServer::~TempServer() {
  close(guardian_pipe_);
  // In this order: until its parent has taken note, an ended process looks alive to the guardian.
  if (pid_ != 0) waitpid(pid_, nullptr, 0);
  waitpid(guardian_, nullptr, 0);
}

void TempServer::Spawn(const std::vector<std::string>& command) {
  pid_ = Start(command, -1, log_file());
  std::ofstream(pid_file()) << pid_ << "\n";
}

void TempServer::Reap() {
  unlink(pid_file().c_str());
  waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

void TempServer::End(int signal) {
  if (pid_ == 0) return;
  kill(pid_, signal);
  Reap();
}

void TempServer::Signal(int signal) const {
  if (pid_ == 0) return;
  for (const pid_t child : ChildrenOf(pid_)) kill(child, signal);
  kill(pid_, signal);
}

void TempServer::Stop() {
  if (pid_ == 0) return;
  // The parent first, so that it starts no child meanwhile.
  kill(pid_, SIGSTOP);
  waitpid(pid_, nullptr, WUNTRACED);
  Signal(SIGSTOP);
}

void TempServer::Continue() { Signal(SIGCONT); }

void TempServer::Kill() {
  if (pid_ == 0) return;
  Stop();
  const auto children = ChildrenOf(pid_);
  Signal(SIGKILL);
  Reap();
  // Adopted by another process now, but still in possession of memory and sockets.
  for (const pid_t child : children) {
    while (IsRunning(child)) absl::SleepFor(absl::Milliseconds(1));
  }
}

absl::Time TempServer::Deadline() { return absl::Now() + absl::Seconds(20); }

void TempServer::CheckAlive(absl::Time deadline) {
  if (waitpid(pid_, nullptr, WNOHANG) == pid_) {
    unlink(pid_file().c_str());
    pid_ = 0;
    Fail("the server ended at its start:\n" + LogTail());
  }
  if (absl::Now() > deadline) Fail("the server did not come up:\n" + LogTail());
  absl::SleepFor(absl::Milliseconds(5));
}

std::string TempServer::LogTail() const {
  const std::string log = ReadFile(log_file());
  return log.substr(log.size() - std::min(log.size(), kTailBytes));
}

}  // namespace oshirase::testing
