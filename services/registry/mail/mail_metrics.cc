#include "services/registry/mail/mail_metrics.h"

#include <algorithm>
#include <vector>

namespace oshirase::registry {
namespace {

const char* NameOf(MailEnd::Outcome outcome) {
  switch (outcome) {
    case MailEnd::Outcome::kSent:
      return "sent";
    case MailEnd::Outcome::kRetry:
      return "put_off";
    case MailEnd::Outcome::kFailed:
      return "failed";
    case MailEnd::Outcome::kExpired:
      return "expired";
  }
  return "";
}

// Seconds; a mail server takes its time.
const std::vector<double>& DurationBounds() {
  static const auto& bounds = *new std::vector<double>{0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 120};
  return bounds;
}

}  // namespace

MailMetrics::MailMetrics(Metrics& metrics)
    : metrics_(metrics),
      server_usable_(metrics.Gauge("oshirase_registry_mail_server_usable",
                                   "1 when the mail server took the last mail it was given, or "
                                   "refused that mail alone; 0 when it is in trouble")),
      oldest_(metrics.Gauge("oshirase_registry_mail_oldest_seconds",
                            "Age of the oldest mail that waits to be sent; 0 when none does")),
      duration_(metrics.Histogram("oshirase_registry_mail_attempt_seconds",
                                  "How long attempts to send a mail took", DurationBounds())) {
  server_usable_.Set(1);
}

void MailMetrics::OnAttempt(MailKind kind, MailEnd::Outcome outcome, const std::string& reason,
                            absl::Duration duration) {
  metrics_
      .Counter("oshirase_registry_mail_attempts_total",
               "Attempts to send a mail, by how they ended",
               {{"kind", registry::NameOf(kind)}, {"outcome", NameOf(outcome)}})
      .Increment();
  if (!reason.empty()) {
    metrics_
        .Counter("oshirase_registry_mail_failures_total",
                 "Attempts that did not send a mail, by why", {{"reason", reason}})
        .Increment();
  }
  duration_.Observe(absl::ToDoubleSeconds(duration));
}

void MailMetrics::OnServer(bool usable) { server_usable_.Set(usable ? 1 : 0); }

void MailMetrics::OnFigures(const MailFigures& figures, absl::Time now) {
  for (const MailKind kind : kMailKinds) {
    const auto queued = figures.queued.find(kind);
    metrics_
        .Gauge("oshirase_registry_mails_queued", "Mails that wait to be sent",
               {{"kind", registry::NameOf(kind)}})
        .Set(queued == figures.queued.end() ? 0 : static_cast<double>(queued->second));
  }
  const absl::Duration age = now - figures.oldest_create_time.value_or(now);
  oldest_.Set(std::max(0.0, absl::ToDoubleSeconds(age)));
}

}  // namespace oshirase::registry
