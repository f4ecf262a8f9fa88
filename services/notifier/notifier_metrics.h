// What the notifier counts, in one place: cases, batches, calls to LINE, keys.
#pragma once

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/keyring/key_maintenance.h"
#include "common/metrics/metrics.h"
#include "common/time/clock.h"
#include "services/notifier/domain/case_store.h"
#include "services/notifier/domain/outbox.h"
#include "services/notifier/domain/send_observer.h"

namespace oshirase::notifier {

// Thread-safe.
class NotifierMetrics final : public SendObserver {
 public:
  // `metrics` must outlive it.
  NotifierMetrics(Metrics& metrics, Clock clock);

  void OnLineCall(int status, absl::Duration duration) override;
  void OnUnexplainedLimit(absl::Time time) override;
  void OnPaused(const char* reason) override;

  // Reads how many cases and batches there are in each state. A database that does not answer
  // leaves the last figures.
  void Refresh(CaseStore& cases, Outbox& outbox);

  // By how much the database's clock is ahead of this machine's.
  void OnClockDrift(absl::Duration ahead);

  void OnKeyMaintenance(const keyring::KeyMaintenanceReport& report);

 private:
  Metrics& metrics_;
  const Clock clock_;
  prometheus::Gauge& batches_planned_;
  prometheus::Gauge& batches_sending_;
  prometheus::Gauge& batches_unknown_;
  prometheus::Gauge& outbox_age_;
  prometheus::Gauge& last_notice_;
  prometheus::Gauge& unexplained_since_;
  prometheus::Gauge& clock_drift_;
  prometheus::Gauge& days_lost_;
  prometheus::Gauge& days_ready_;
  prometheus::Counter& key_failures_;
  absl::Mutex mu_;
  absl::Time unexplained_first_ ABSL_GUARDED_BY(mu_) = absl::InfinitePast();
  absl::Time unexplained_last_ ABSL_GUARDED_BY(mu_) = absl::InfinitePast();
};

}  // namespace oshirase::notifier
