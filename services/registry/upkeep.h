// What the registry does by itself, without being asked: makes the seeds of the days to come, ends
// those that are over, and signs how far its audit log has come.
#pragma once

#include <thread>

#include "absl/status/status.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "common/audit/audit_log.h"
#include "common/crypto/signing_key.h"
#include "common/keyring/day_keys.h"
#include "common/keyring/keyring.h"
#include "common/metrics/metrics.h"
#include "common/postgres/pool.h"
#include "common/time/clock.h"
#include "services/registry/domain/code_change_store.h"

namespace oshirase::registry {

// What it works on. All must outlive it.
struct UpkeepParts {
  keyring::DayKeys& seeds;
  keyring::Keyring& named_keys;
  const audit::AuditLog& log;
  CodeChangeStore& code_changes;
  postgres::Pool& pool;
  Metrics& metrics;
  Clock clock;
  int retention_days;
};

// Not thread-safe: call RunOnce() before Start(), and nothing after it.
class Upkeep {
 public:
  static constexpr absl::Duration kSignEvery = absl::Minutes(10);

  explicit Upkeep(UpkeepParts parts);

  // Stops the thread.
  ~Upkeep();
  Upkeep(const Upkeep&) = delete;
  Upkeep& operator=(const Upkeep&) = delete;

  // Does everything that is due. Lost keys and failures are logged and counted, and the next call
  // tries again. Returns UNAVAILABLE while the keys of yesterday, today and tomorrow cannot be
  // used.
  absl::Status RunOnce();

  // Goes on doing so in a thread of its own, every `interval`: a minute keeps the time after
  // midnight short in which tomorrow's seed is missing.
  void Start(absl::Duration interval);

 private:
  absl::Status MaintainSeeds();
  absl::Status SignHead();

  const UpkeepParts parts_;
  prometheus::Gauge& days_ahead_;
  prometheus::Gauge& lost_days_;
  prometheus::Counter& failures_;
  absl::Time last_signed_ = absl::InfinitePast();
  absl::Notification stop_;
  std::thread thread_;
};

}  // namespace oshirase::registry
