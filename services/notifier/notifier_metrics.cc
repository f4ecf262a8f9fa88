#include "services/notifier/notifier_metrics.h"

#include <string>
#include <utility>

namespace oshirase::notifier {
namespace {

// Answers that nobody can explain are an alarm when they go on for so long.
constexpr absl::Duration kUnexplainedGap = absl::Minutes(1);

}  // namespace

NotifierMetrics::NotifierMetrics(Metrics& metrics, Clock clock)
    : metrics_(metrics),
      clock_(std::move(clock)),
      batches_planned_(metrics.Gauge("oshirase_notifier_batches", "Batches not settled, by state",
                                     {{"state", "PLANNED"}})),
      batches_sending_(metrics.Gauge("oshirase_notifier_batches", "Batches not settled, by state",
                                     {{"state", "SENDING"}})),
      batches_unknown_(metrics.Gauge("oshirase_notifier_batches", "Batches not settled, by state",
                                     {{"state", "UNKNOWN"}})),
      outbox_age_(metrics.Gauge("oshirase_notifier_outbox_age_seconds",
                                "Age of the oldest batch that is neither accepted nor given up")),
      last_notice_(metrics.Gauge("oshirase_notifier_last_seconds_to_notice",
                                 "From entry to the last batch accepted, of the newest case sent")),
      unexplained_since_(metrics.Gauge(
          "oshirase_notifier_line_unexplained_limit_seconds",
          "How long LINE has been answering 429 for a reason it does not name; 0 when it is not")),
      clock_drift_(metrics.Gauge(
          "oshirase_notifier_database_clock_ahead_seconds",
          "How far the database's clock is ahead of this machine's; negative when it is behind")),
      days_lost_(metrics.Gauge("oshirase_notifier_lost_days",
                               "Day keys that are lost: an operator has to decide")),
      days_ready_(metrics.Gauge("oshirase_notifier_day_keys_ready",
                                "1 when yesterday's, today's and tomorrow's keys can be used")),
      key_failures_(metrics.Counter("oshirase_notifier_key_failures_total",
                                    "Failed attempts to make or end day keys")) {}

void NotifierMetrics::OnLineCall(int status, absl::Duration duration) {
  metrics_
      .Counter("oshirase_notifier_line_calls_total", "Multicasts by LINE's status; 0 is no answer",
               {{"status", std::to_string(status)}})
      .Increment();
  metrics_
      .Histogram("oshirase_notifier_line_call_seconds", "How long LINE takes to answer a multicast",
                 LatencyBounds())
      .Observe(absl::ToDoubleSeconds(duration));
}

void NotifierMetrics::OnUnexplainedLimit(absl::Time time) {
  absl::MutexLock lock(&mu_);
  if (time - unexplained_last_ > kUnexplainedGap) unexplained_first_ = time;
  unexplained_last_ = time;
  unexplained_since_.Set(absl::ToDoubleSeconds(time - unexplained_first_));
}

void NotifierMetrics::OnPaused(const char* reason) {
  metrics_
      .Counter("oshirase_notifier_pauses_total",
               "Cases that stopped by themselves, until a person resumes them",
               {{"reason", reason}})
      .Increment();
}

void NotifierMetrics::Refresh(CaseStore& cases, Outbox& outbox) {
  const absl::Time now = clock_();
  {
    absl::MutexLock lock(&mu_);
    if (now - unexplained_last_ > kUnexplainedGap) unexplained_since_.Set(0);
  }
  const auto figures = outbox.Figures();
  if (!figures.ok()) return;
  batches_planned_.Set(static_cast<double>(figures->planned));
  batches_sending_.Set(static_cast<double>(figures->sending));
  batches_unknown_.Set(static_cast<double>(figures->unknown));
  outbox_age_.Set(
      figures->oldest_open.has_value() ? absl::ToDoubleSeconds(now - *figures->oldest_open) : 0);
  for (const CaseState state : kCaseStates) {
    const auto count = figures->cases.find(state);
    metrics_
        .Gauge("oshirase_notifier_cases", "Cases by state", {{"state", std::string(NameOf(state))}})
        .Set(count == figures->cases.end() ? 0 : static_cast<double>(count->second));
  }
  const auto newest = cases.List({.state = CaseState::kSent, .limit = 1});
  if (newest.ok() && !newest->empty() && newest->front().last_accept_time.has_value()) {
    last_notice_.Set(
        absl::ToDoubleSeconds(*newest->front().last_accept_time - newest->front().submit_time));
  }
}

void NotifierMetrics::OnClockDrift(absl::Duration ahead) {
  clock_drift_.Set(absl::ToDoubleSeconds(ahead));
}

void NotifierMetrics::OnKeyMaintenance(const keyring::KeyMaintenanceReport& report) {
  days_lost_.Set(static_cast<double>(report.lost.size()));
  days_ready_.Set(report.ready ? 1 : 0);
  key_failures_.Increment(static_cast<double>(report.failures.size()));
}

}  // namespace oshirase::notifier
