#include "common/server/process.h"

#include <grpc/support/log.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>
#include <iostream>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "common/config/bad_configuration.h"
#include "common/log/log.h"
#include "common/server/stop_signals.h"

namespace oshirase {
namespace {

// gRPC would write lines of its own to stderr.
void ForwardGrpcLog(gpr_log_func_args* entry) {
  // Said of every connection: identities here are URIs, never host names.
  if (absl::StartsWith(entry->message, "No match found for server name")) return;
  const LogLevel level =
      entry->severity == GPR_LOG_SEVERITY_ERROR ? LogLevel::kWarning : LogLevel::kDebug;
  Log(level, "message from gRPC", {{"text", entry->message}});
}

void ForbidCoreDumps() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  // A core_pattern that pipes to a program ignores the limit; this does not.
  prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace

int RunProgram(const std::string& service, const std::function<absl::Status()>& run) {
  BlockStopSignals();
  std::signal(SIGPIPE, SIG_IGN);  // A peer that is gone is an error of write(), not our end.
  ForbidCoreDumps();
  InitLog(service, LogLevel::kInfo);
  // Debian's Abseil looks for deadlocks at every lock, under one lock for the whole process.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  gpr_set_log_function(ForwardGrpcLog);

  const absl::Status status = run();
  if (status.ok()) return 0;
  for (const absl::string_view line : absl::StrSplit(status.message(), '\n')) {
    std::cerr << service << ": " << line << "\n";
  }
  return IsBadConfiguration(status) ? kExitBadConfiguration : kExitFailure;
}

}  // namespace oshirase
