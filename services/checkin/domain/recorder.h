// Recording visits: the path every scan takes, so it is batched from end to end. While one batch is
// being written the next one gathers; there is no timer, so a lone visit waits for nobody.
//
// Whoever brings visits writes them, and what others have brought meanwhile, unless somebody is
// writing already: handing them to a thread and waking up again would cost a lone visit more than
// all else that is done here.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/crypto/outer_seal.h"
#include "common/time/clock.h"
#include "services/checkin/domain/day_index.h"
#include "services/checkin/domain/index_health.h"
#include "services/checkin/domain/venue_keys.h"
#include "services/checkin/domain/visit_store.h"

namespace oshirase::checkin {

// Told of each batch after it was written; for metrics. Called from the thread that wrote it.
struct BatchReport {
  size_t visits = 0;
  size_t recorded = 0;
  bool stored = false;
  bool indexed = false;
  absl::Duration duration;
};

// Thread-safe.
class Recorder {
 public:
  struct Options {
    size_t max_batch = 500;     // Past that only latency grows.
    size_t max_waiting = 8000;  // Visits; then callers are refused at once.
    std::function<void(const BatchReport&)> on_batch;
  };
  // All must outlive the recorder.
  struct Parts {
    VisitStore& store;
    DayIndex& index;
    IndexHealth& index_health;
    VenueKeys& keys;
    Clock clock;
  };

  Recorder(Parts parts, Options options);

  // Answers everything that waits with kFailed, and returns when no call is under way any more.
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // Stores `visits`, whose `sealed` is the inner seal, and returns one outcome each, in order, when
  // the last has its own; or, when nothing was taken, RESOURCE_EXHAUSTED OVERLOADED because too
  // many wait, or UNAVAILABLE SHUTTING_DOWN. A visit that is not being written by `deadline` (real
  // time) is kFailed: its caller has gone.
  //
  // One visit's failure never touches its neighbours.
  absl::StatusOr<std::vector<Outcome>> Record(std::vector<Visit> visits, absl::Time deadline);

  // Visits that wait; for metrics.
  size_t waiting() const;

 private:
  struct Request;
  struct Item {
    Request* request = nullptr;
    size_t position = 0;
    std::optional<crypto::PublicKey> key;
    Visit& visit() const;
    void Note(Outcome outcome) const;
  };

  bool DayIsOpen(Day day) const;
  absl::Status Enqueue(const std::vector<Item>& items) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void WriteUntilAnswered(Request& request) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void FetchKeys();
  void WriteBatch(const std::vector<Item>& items);
  std::vector<Item> Seal(const std::vector<Item>& items);
  absl::StatusOr<std::vector<bool>> Insert(const std::vector<Item>& items);
  size_t InsertOrSplit(const std::vector<Item>& items, std::vector<Item>& stored);
  bool Index(const std::vector<Item>& items);

  const Parts parts_;
  const Options options_;
  crypto::OuterSealer sealer_;
  mutable absl::Mutex mu_;
  std::deque<Item> without_key_ ABSL_GUARDED_BY(mu_);
  std::deque<Item> ready_ ABSL_GUARDED_BY(mu_);
  size_t in_hand_ ABSL_GUARDED_BY(mu_) = 0;  // being fetched for
  bool writing_ ABSL_GUARDED_BY(mu_) = false;
  size_t callers_ ABSL_GUARDED_BY(mu_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::thread fetcher_;
};

}  // namespace oshirase::checkin
