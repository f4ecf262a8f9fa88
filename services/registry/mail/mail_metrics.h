// What is counted of mail. Labels hold kinds and reasons, never an address.
#pragma once

#include "common/metrics/metrics.h"
#include "services/registry/domain/mail_observer.h"

namespace oshirase::registry {

// Thread-safe.
class MailMetrics final : public MailObserver {
 public:
  // `metrics` must outlive it.
  explicit MailMetrics(Metrics& metrics);

  void OnAttempt(MailKind kind, MailEnd::Outcome outcome, const std::string& reason,
                 absl::Duration duration) override;
  void OnServer(bool usable) override;
  void OnFigures(const MailFigures& figures, absl::Time now) override;

 private:
  Metrics& metrics_;
  prometheus::Gauge& server_usable_;
  prometheus::Gauge& oldest_;
  prometheus::Histogram& duration_;
};

}  // namespace oshirase::registry
