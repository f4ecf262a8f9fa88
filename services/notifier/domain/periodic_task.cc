#include "services/notifier/domain/periodic_task.h"

#include <utility>

namespace oshirase::notifier {

PeriodicTask::PeriodicTask(absl::Duration period, std::function<void()> task)
    : period_(period), task_(std::move(task)), thread_([this] { Loop(); }) {}

PeriodicTask::~PeriodicTask() {
  {
    absl::MutexLock lock(&mu_);
    stopping_ = true;
  }
  thread_.join();
}

void PeriodicTask::Wake() {
  absl::MutexLock lock(&mu_);
  woken_ = true;
}

void PeriodicTask::Loop() {
  for (;;) {
    task_();
    absl::MutexLock lock(&mu_);
    mu_.AwaitWithTimeout(absl::Condition(this, &PeriodicTask::IsDisturbed), period_);
    if (stopping_) return;
    woken_ = false;
  }
}

}  // namespace oshirase::notifier
