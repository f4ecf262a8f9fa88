// Takes visits to checkin, in rounds of two calls: first "is each within the cap", then "store
// these".
//
// Rounds are batched naturally: while one is under way the next visits gather, and there is no
// timer. A lone visit goes at once, in the thread that brings it, because every thread between a
// webhook and its answer costs more than the work itself; under load one thread of the recorder's
// own goes round and round, and the rounds grow by themselves.
//
// The calls about the cap go in random order and without a request id, so that nothing in checkin
// ties a person's tag to a row.
#pragma once

#include <deque>
#include <functional>
#include <random>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/client/call_context.h"
#include "services/gateway/backends/checkin_client.h"
#include "services/gateway/batching/batch_metrics.h"

namespace oshirase::gateway {

enum class VisitResult {
  kRecorded,  // Stored and durable, now or earlier.
  kOverCap,   // The 21st or later of this person and day; not stored.
  kRefused,   // Checkin can never store it.
};

struct VisitRecorderOptions {
  size_t max_round = 500;
  // Visits that may wait; further ones are refused at once.
  size_t max_waiting = 5000;
};

// Thread-safe.
class VisitRecorder {
 public:
  using Done = std::function<void(absl::StatusOr<VisitResult>)>;

  // While one lives, the visits that its thread brings only gather. At its end that thread takes
  // them to checkin, and returns with the answers, unless a round is under way already. One per
  // thread.
  class Gathering {
   public:
    explicit Gathering(VisitRecorder& recorder);
    ~Gathering();
    Gathering(const Gathering&) = delete;
    Gathering& operator=(const Gathering&) = delete;

   private:
    VisitRecorder& recorder_;
  };

  // `client` and `metrics` must outlive this.
  VisitRecorder(CheckinClient& client, Metrics& metrics, VisitRecorderOptions options = {});

  // Drains.
  ~VisitRecorder();
  VisitRecorder(const VisitRecorder&) = delete;
  VisitRecorder& operator=(const VisitRecorder&) = delete;

  // Records `visit` if `admission` is granted. When the cap cannot be asked, the visit is admitted:
  // a lost counter must not cost anybody a warning. Calls `done` once, from any thread, maybe
  // before returning: with the result, or with a passing failure, after which the visit may be
  // stored or not: RESOURCE_EXHAUSTED when too many wait, DEADLINE_EXCEEDED when its turn came too
  // late, UNAVAILABLE. A round is as patient as the most patient of its visits, and its record
  // bears the request id of the first.
  void Record(Visit visit, const Admission& admission, const CallContext& call, Done done);

  // Takes no more visits and returns when the last one has its answer.
  void Drain();

 private:
  struct Entry {
    Visit visit;
    Admission admission;
    CallContext call;
    Done done;
  };
  using Round = std::vector<Entry>;

  void GoUnlessUnderWay();
  void GoOnWhileCalled();
  Round TakeRound() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Go(Round round);
  Round Admitted(Round round);
  void Store(Round round);

  CheckinClient& client_;
  const VisitRecorderOptions options_;
  const BatchMetrics admissions_;
  const BatchMetrics records_;
  prometheus::Counter& admitted_unasked_;
  absl::Mutex mutex_;
  std::deque<Entry> waiting_ ABSL_GUARDED_BY(mutex_);
  std::mt19937_64 random_ ABSL_GUARDED_BY(mutex_){std::random_device()()};
  bool under_way_ ABSL_GUARDED_BY(mutex_) = false;
  // The recorder's own thread shall go on from here.
  bool called_ ABSL_GUARDED_BY(mutex_) = false;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace oshirase::gateway
