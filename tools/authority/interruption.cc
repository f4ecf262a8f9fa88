// The handler only writes to an eventfd, which signal-safety(7) allows; a thread does the rest,
// since cancelling a call takes locks. Blocking the signals instead, as the services do, would have
// to come before gRPC's first thread, and take Ctrl-C from all other commands.
#include "tools/authority/interruption.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>

namespace oshirase::authority {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM};

// The eventfd of the one Interruption there is.
volatile std::sig_atomic_t wake_up_of_handler = -1;

void WakeUp(int descriptor) {
  const uint64_t one = 1;
  // Nothing can be done about a failure, and an eventfd has none.
  [[maybe_unused]] const auto written = write(descriptor, &one, sizeof one);
}

void Handle(int /*signal*/) {
  const int error = errno;
  WakeUp(wake_up_of_handler);
  errno = error;
}

}  // namespace

Interruption::Interruption() : wake_up_(eventfd(0, EFD_CLOEXEC)), watcher_([this] { Watch(); }) {
  wake_up_of_handler = wake_up_;
  for (const int signal : kSignals) std::signal(signal, Handle);
}

Interruption::~Interruption() {
  for (const int signal : kSignals) std::signal(signal, SIG_DFL);
  over_ = true;
  WakeUp(wake_up_);
  watcher_.join();
  close(wake_up_);
}

bool Interruption::happened() const {
  const absl::MutexLock lock(&mutex_);
  return happened_;
}

void Interruption::Wait(absl::Duration duration) {
  const absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(&happened_), duration);
}

void Interruption::Cancels(grpc::ClientContext* context) {
  const absl::MutexLock lock(&mutex_);
  context_ = context;
  if (happened_ && context_ != nullptr) context_->TryCancel();
}

void Interruption::Watch() {
  uint64_t count = 0;
  while (read(wake_up_, &count, sizeof count) < 0 && errno == EINTR) {
  }
  if (over_) return;
  const absl::MutexLock lock(&mutex_);
  happened_ = true;
  if (context_ != nullptr) context_->TryCancel();
}

}  // namespace oshirase::authority
