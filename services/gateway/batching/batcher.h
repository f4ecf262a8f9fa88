// Natural batching: whatever has gathered goes out in one call as soon as the last call is back.
//
// There is no timer. A lone item leaves at once and waits for nothing; under load the batches grow
// by themselves until a call carries as many items as arrived while the last one was under way.
#pragma once

#include <algorithm>
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/client/call_context.h"
#include "services/gateway/batching/batch_metrics.h"

namespace oshirase::gateway {

struct BatcherOptions {
  size_t max_batch = 500;
  // Items that may wait; further ones are refused at once.
  size_t max_queue = 5000;
  // Calls under way at once.
  int max_in_flight = 1;
  // Sends each batch in random order.
  bool shuffle = false;
  // While it is true no batch leaves, unless Kick() is called after it has become false. Called
  // with a lock held: it must not call back.
  std::function<bool()> hold;
  // Called, without a lock, after items were taken out of the queue.
  std::function<void()> on_taken;
};

// Thread-safe.
template <typename Item, typename Result>
class Batcher {
 public:
  using Done = std::function<void(absl::StatusOr<Result>)>;
  using BatchDone = std::function<void(absl::StatusOr<std::vector<Result>>)>;
  // Sends 1 to max_batch items and calls back once, from any thread, maybe before returning, with
  // one result per item in their order, or with why there are none.
  using Send = std::function<void(std::vector<Item>, const CallContext&, BatchDone)>;

  // `metrics` must outlive this, and this must outlive the calls it sends: Drain() first.
  Batcher(BatcherOptions options, BatchMetrics metrics, Send send)
      : options_(options), metrics_(metrics), send_(std::move(send)) {}
  ~Batcher() { Drain(); }
  Batcher(const Batcher&) = delete;
  Batcher& operator=(const Batcher&) = delete;

  // Sends `item` with the next batch and calls `done` once, from any thread, maybe before
  // returning: with the item's result; with RESOURCE_EXHAUSTED when too many wait; with
  // DEADLINE_EXCEEDED when its turn came too late, and with the status of the call when it failed
  // as a whole. A batch is as patient as the most patient of its items, and bears the request id of
  // its first.
  void Submit(Item item, const CallContext& call, Done done) {
    Batch batch;
    bool refused = false;
    {
      const absl::MutexLock lock(&mutex_);
      refused = draining_ || queue_.size() >= options_.max_queue;
      if (!refused) {
        queue_.push_back({std::move(item), call, std::move(done)});
        SetWaiting();
        if (!MayStart()) return;
        batch = TakeBatch();
      }
    }
    if (refused) {
      metrics_.refused->Increment();
      done(absl::ResourceExhaustedError("too many items are waiting"));
      return;
    }
    Start(std::move(batch));
    if (options_.on_taken) options_.on_taken();
  }

  // Sends what `hold` has kept.
  void Kick() {
    Batch batch;
    {
      const absl::MutexLock lock(&mutex_);
      if (queue_.empty() || !MayStart()) return;
      batch = TakeBatch();
    }
    Start(std::move(batch));
    if (options_.on_taken) options_.on_taken();
  }

  // Items that wait for their batch to leave.
  size_t waiting() const { return waiting_; }

  // Takes no more items and returns when the last one has its answer.
  void Drain() {
    const absl::MutexLock lock(&mutex_);
    draining_ = true;
    mutex_.Await(absl::Condition(
        +[](Batcher* batcher) ABSL_EXCLUSIVE_LOCKS_REQUIRED(batcher->mutex_) {
          return batcher->queue_.empty() && batcher->in_flight_ == 0 && batcher->finishing_ == 0;
        },
        this));
  }

 private:
  struct Entry {
    Item item;
    CallContext call;
    Done done;
  };
  struct Batch {
    std::vector<Entry> sent;
    std::vector<Entry> expired;
  };

  void SetWaiting() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    waiting_ = queue_.size();
    metrics_.queue_depth->Set(static_cast<double>(queue_.size()));
  }

  bool MayStart() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return in_flight_ < options_.max_in_flight && !(options_.hold && options_.hold());
  }

  // Takes the next batch out of the queue and counts it as under way if there is anything to send.
  Batch TakeBatch() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    Batch batch;
    const absl::Time now = absl::Now();
    while (!queue_.empty() && batch.sent.size() < options_.max_batch) {
      auto& entries = queue_.front().call.deadline <= now ? batch.expired : batch.sent;
      entries.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    SetWaiting();
    if (!batch.sent.empty()) ++in_flight_;
    if (options_.shuffle) std::shuffle(batch.sent.begin(), batch.sent.end(), random_);
    return batch;
  }

  void Start(Batch batch) {
    for (Entry& entry : batch.expired) {
      entry.done(absl::DeadlineExceededError("the item waited too long"));
    }
    if (batch.sent.empty()) return;
    metrics_.size->Observe(static_cast<double>(batch.sent.size()));
    CallContext call = batch.sent.front().call;
    std::vector<Item> items;
    items.reserve(batch.sent.size());
    for (Entry& entry : batch.sent) {
      call.deadline = std::max(call.deadline, entry.call.deadline);
      items.push_back(std::move(entry.item));
    }
    auto entries = std::make_shared<std::vector<Entry>>(std::move(batch.sent));
    send_(std::move(items), call, [this, entries](absl::StatusOr<std::vector<Result>> results) {
      Finish(*entries, std::move(results));
    });
  }

  void Finish(std::vector<Entry>& entries, absl::StatusOr<std::vector<Result>> results) {
    if (results.ok() && results->size() != entries.size()) {
      results = absl::InternalError("an answer to a batch has the wrong size");
    }
    Batch next;
    {
      const absl::MutexLock lock(&mutex_);
      --in_flight_;
      ++finishing_;
      if (MayStart()) next = TakeBatch();
    }
    // The next call leaves before this one's answers are handed out: nobody waits for those.
    Start(std::move(next));
    if (options_.on_taken) options_.on_taken();
    for (size_t i = 0; i < entries.size(); ++i) {
      if (results.ok()) {
        entries[i].done(Result(std::move((*results)[i])));
      } else {
        entries[i].done(results.status());
      }
    }
    const absl::MutexLock lock(&mutex_);
    --finishing_;
  }

  const BatcherOptions options_;
  const BatchMetrics metrics_;
  const Send send_;
  absl::Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  int in_flight_ ABSL_GUARDED_BY(mutex_) = 0;
  // Batches that are back, but not all of whose items have their answers.
  int finishing_ ABSL_GUARDED_BY(mutex_) = 0;
  std::deque<Entry> queue_ ABSL_GUARDED_BY(mutex_);
  // The queue's size, to be read without the lock.
  std::atomic<size_t> waiting_{0};
  std::mt19937_64 random_ ABSL_GUARDED_BY(mutex_){std::random_device()()};
};

}  // namespace oshirase::gateway
