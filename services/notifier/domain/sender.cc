#include "services/notifier/domain/sender.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"

namespace oshirase::notifier {
namespace {

// Taken in one statement; more would only wait in memory with their leases running.
constexpr int kMaxClaim = 50;

}  // namespace

Sender::Sender(Outbox& outbox, Clock clock, SenderOptions options)
    : outbox_(outbox), clock_(std::move(clock)), options_(options) {}

Sender::~Sender() { Stop(); }

void Sender::Start(BatchSender& batch_sender) {
  for (int i = 0; i < options_.workers; ++i) {
    threads_.emplace_back([this, &batch_sender] { WorkLoop(batch_sender); });
  }
  threads_.emplace_back([this] { ClaimLoop(); });
}

void Sender::Wake() {
  absl::MutexLock lock(&mu_);
  woken_ = true;
  awake_.Signal();
}

void Sender::Stop() {
  {
    absl::MutexLock lock(&mu_);
    stopping_ = true;
    for (absl::CondVar* waiting : {&work_, &room_, &awake_, &stopped_}) waiting->SignalAll();
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  std::deque<ClaimedBatch> left;
  {
    absl::MutexLock lock(&mu_);
    left.swap(queue_);
  }
  // Best effort: a batch that cannot be given back comes back when its lease ends.
  for (const ClaimedBatch& batch : left) outbox_.Release(batch, clock_()).IgnoreError();
}

bool Sender::Wait(absl::Duration duration) {
  const absl::Time end = absl::Now() + duration;
  absl::MutexLock lock(&mu_);
  while (!stopping_ && !stopped_.WaitWithDeadline(&mu_, end)) continue;
  return !stopping_;
}

int Sender::WaitForRoom() {
  absl::MutexLock lock(&mu_);
  while (!stopping_ && idle_ <= static_cast<int>(queue_.size())) room_.Wait(&mu_);
  woken_ = false;
  if (stopping_) return 0;
  return std::min(kMaxClaim, idle_ - static_cast<int>(queue_.size()));
}

void Sender::Sleep(absl::Time until) {
  const absl::Duration sleep =
      std::clamp(until - clock_(), absl::ZeroDuration(), options_.longest_sleep);
  const absl::Time end = absl::Now() + sleep;
  absl::MutexLock lock(&mu_);
  while (!stopping_ && !woken_ && !awake_.WaitWithDeadline(&mu_, end)) continue;
}

void Sender::ClaimLoop() {
  for (int room = WaitForRoom(); room > 0; room = WaitForRoom()) {
    auto claimed = outbox_.Claim({.now = clock_(), .lease = kBatchLease, .limit = room});
    if (!claimed.ok()) {
      LogWarning("batches cannot be claimed",
                 {{"code", absl::StatusCodeToString(claimed.status().code())}});
      Sleep(absl::InfiniteFuture());
      continue;
    }
    const bool all = static_cast<int>(claimed->size()) < room;
    {
      absl::MutexLock lock(&mu_);
      for (ClaimedBatch& batch : *claimed) {
        queue_.push_back(std::move(batch));
        work_.Signal();
      }
    }
    if (!all) continue;
    const auto next = outbox_.NextClaimTime();
    Sleep(next.ok() && next->has_value() ? **next : absl::InfiniteFuture());
  }
}

void Sender::WorkLoop(BatchSender& batch_sender) {
  for (;;) {
    ClaimedBatch batch;
    {
      absl::MutexLock lock(&mu_);
      ++idle_;
      room_.Signal();
      while (!stopping_ && queue_.empty()) work_.Wait(&mu_);
      --idle_;
      if (stopping_) return;
      batch = std::move(queue_.front());
      queue_.pop_front();
    }
    const auto status = batch_sender.Send(batch);
    if (!status.ok()) {
      LogError("batch left to its lease", {{"case_request_id", batch.case_id},
                                           {"code", absl::StatusCodeToString(status.code())}});
    }
  }
}

}  // namespace oshirase::notifier
