#include "common/server/stop_signals.h"

#include <poll.h>
#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace oshirase {
namespace {

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

void BlockStopSignals() {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void WaitForStopSignal() {
  const sigset_t signals = StopSignals();
  int received = 0;
  sigwait(&signals, &received);
}

bool StopSignalWithin(absl::Duration timeout) {
  // Unlike sigtimedwait(), waiting for the descriptor leaves the signal where it is.
  const sigset_t signals = StopSignals();
  const int fd = signalfd(-1, &signals, SFD_CLOEXEC);
  pollfd wanted{fd, POLLIN, 0};
  const int ready = poll(&wanted, 1, static_cast<int>(absl::ToInt64Milliseconds(timeout)));
  close(fd);
  return ready > 0;
}

}  // namespace oshirase
