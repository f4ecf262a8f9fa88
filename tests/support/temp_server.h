// A server process of a test, in a private folder: both are gone when the test process is, even if
// that was killed. What TempPostgres and TempRedis share.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/time/time.h"

namespace oshirase::testing {

// Runs `command` (its first word is looked up in PATH) to its end. Throws std::runtime_error with
// what it printed when it fails.
void RunCommand(const std::vector<std::string>& command);

// A folder below TMPDIR (or /tmp), and a guardian: a shell that waits for this process to end, by
// whatever means, then stops the server whose pid stands in the folder and removes the folder.
// Not thread-safe. Methods throw std::runtime_error when they cannot.
class TempServer {
 public:
  // The folder's name begins with `prefix`.
  explicit TempServer(const std::string& prefix);
  // Stops the server, removes the folder.
  ~TempServer();

  TempServer(const TempServer&) = delete;
  TempServer& operator=(const TempServer&) = delete;

  const std::string& folder() const { return folder_; }
  std::string log_file() const { return folder_ + "/log"; }
  bool running() const { return pid_ != 0; }

  // Starts `command`; what it prints goes to the folder's log. Returns at once.
  void Spawn(const std::vector<std::string>& command);

  // Sends `signal` and waits for the process to end.
  void End(int signal);
  // Sends SIGKILL to the process and to its children at once, and waits until all have ended.
  void Kill();
  // Makes the process and its children stand still (SIGSTOP), until Continue().
  void Stop();
  void Continue();

  // Calls `ready` every few milliseconds until it is true. Throws, with the end of the log, when
  // the process ends before that or 20 s have passed.
  template <typename Ready>
  void WaitUntil(Ready ready) {
    const absl::Time deadline = Deadline();
    while (!ready()) CheckAlive(deadline);
  }

 private:
  static absl::Time Deadline();
  void CheckAlive(absl::Time deadline);
  void StartGuardian();
  void Signal(int signal) const;
  void Reap();
  std::string LogTail() const;
  std::string pid_file() const { return folder_ + "/pid"; }

  std::string folder_;
  pid_t pid_ = 0;
  pid_t guardian_ = 0;
  int guardian_pipe_ = -1;  // closes with this process; nobody else may hold it open
};

}  // namespace oshirase::testing
