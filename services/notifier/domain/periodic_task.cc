#include "services/notifier/domain/periodic_task.h"

#include <utility>

#include "absl/time/clock.h"

namespace oshirase::notifier {

PeriodicTask::PeriodicTask(absl::Duration period, std::function<void()> task)
    : period_(period), task_(std::move(task)), thread_([this] { Loop(); }) {}

PeriodicTask::~PeriodicTask() {
  {
    absl::MutexLock lock(&mu_);
    stopping_ = true;
    disturbed_.Signal();
  }
  thread_.join();
}

void PeriodicTask::Wake() {
  absl::MutexLock lock(&mu_);
  woken_ = true;
  disturbed_.Signal();
}

void PeriodicTask::Loop() {
  for (;;) {
    task_();
    const absl::Time next = absl::Now() + period_;
    absl::MutexLock lock(&mu_);
    while (!stopping_ && !woken_ && !disturbed_.WaitWithDeadline(&mu_, next)) continue;
    if (stopping_) return;
    woken_ = false;
  }
}

}  // namespace oshirase::notifier
