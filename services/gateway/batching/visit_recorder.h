// Takes one visit through both calls to checkin: first "is it within the cap", then "store it".
//
// The two travel in batches of their own, the first in random order and without a request id, so
// that nothing in checkin ties a person's tag to a row.
#pragma once

#include <functional>

#include "absl/status/statusor.h"
#include "common/client/call_context.h"
#include "services/gateway/backends/checkin_client.h"
#include "services/gateway/batching/batcher.h"

namespace oshirase::gateway {

enum class VisitResult {
  kRecorded,  // Stored and durable, now or earlier.
  kOverCap,   // The 21st or later of this person and day; not stored.
  kRefused,   // Checkin can never store it.
};

// Thread-safe.
class VisitRecorder {
 public:
  using Done = std::function<void(absl::StatusOr<VisitResult>)>;

  // `client` and `metrics` must outlive this.
  VisitRecorder(CheckinClient& client, Metrics& metrics);

  // Records `visit` if `admission` is granted. When the cap cannot be asked, the visit is admitted:
  // a lost counter must not cost anybody a warning. Calls `done` once, from any thread, maybe
  // before returning: with the result, or with a passing failure (RESOURCE_EXHAUSTED, UNAVAILABLE,
  // DEADLINE_EXCEEDED), after which the visit may be stored or not.
  void Record(Visit visit, const Admission& admission, const CallContext& call, Done done);

  // Takes no more visits and returns when the last one has its answer.
  void Drain();

 private:
  void Store(Visit visit, const CallContext& call, Done done);

  prometheus::Counter& admitted_unasked_;
  Batcher<Visit, RecordOutcome> records_;
  // After records_: its answers submit to it.
  Batcher<Admission, bool> admissions_;
};

}  // namespace oshirase::gateway
