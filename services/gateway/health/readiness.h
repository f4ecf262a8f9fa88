// GET /healthz and /readyz: whether the process lives, and whether it should get webhooks.
#pragma once

#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/metrics/metrics.h"
#include "services/gateway/health/service_probe.h"
#include "services/gateway/http/router.h"
#include "services/gateway/keys/day_key_cache.h"

namespace oshirase::gateway {

// Ready when it holds the day's keys and checkin answers. The state of the others is in the body
// and in oshirase_backend_up{backend}, and stops nobody: check-in goes on without them.
//
// Thread-safe.
class Readiness {
 public:
  struct Backend {
    std::string name;  // "checkin"
    ServiceProbe probe;
    bool needed;  // For being ready.
  };

  // `keys` and `metrics` must outlive this.
  Readiness(const DayKeyCache& keys, std::vector<Backend> backends, Metrics& metrics);

  // Routes to this, which must outlive them.
  std::vector<Route> Routes();

  // 200 or 503 with {"ready": ..., "day_keys": ..., "backends": {...}}. Asks the backends at most
  // once a second, however often it is called.
  HttpResponse Ready();

 private:
  void ProbeAll() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const DayKeyCache& keys_;
  const std::vector<Backend> backends_;
  std::vector<prometheus::Gauge*> up_;
  absl::Mutex mutex_;
  absl::Time probed_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  std::vector<bool> answers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway
