#include "services/gateway/health/readiness.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/synchronization/blocking_counter.h"
#include "absl/time/clock.h"

namespace oshirase::gateway {
namespace {

// Below the second after which whoever asks for readiness gives up.
constexpr absl::Duration kProbeTimeout = absl::Milliseconds(500);
constexpr absl::Duration kProbeEvery = absl::Seconds(1);

}  // namespace

Readiness::Readiness(const DayKeyCache& keys, std::vector<Backend> backends, Metrics& metrics)
    : keys_(keys), backends_(std::move(backends)), answers_(backends_.size()) {
  for (const Backend& backend : backends_) {
    up_.push_back(&metrics.Gauge("oshirase_backend_up",
                                 "Whether a backend answered when last asked.",
                                 {{"backend", backend.name}}));
  }
}

std::vector<Route> Readiness::Routes() {
  return {{"GET", "/healthz", "healthz", [](const HttpRequest&) { return PlainText(200, "ok"); }},
          {"GET", "/readyz", "readyz", [this](const HttpRequest&) { return Ready(); }}};
}

void Readiness::ProbeAll() {
  // All at once: one that hangs must not make the others' answers late.
  absl::BlockingCounter open(static_cast<int>(backends_.size()));
  std::vector<absl::Status> answers(backends_.size());
  for (size_t i = 0; i < backends_.size(); ++i) {
    backends_[i].probe(kProbeTimeout, [&answers, &open, i](absl::Status status) {
      answers[i] = std::move(status);
      open.DecrementCount();
    });
  }
  open.Wait();
  for (size_t i = 0; i < backends_.size(); ++i) {
    answers_[i] = answers[i].ok();
    up_[i]->Set(answers_[i] ? 1 : 0);
  }
  probed_ = absl::Now();
}

HttpResponse Readiness::Ready() {
  nlohmann::json backends = nlohmann::json::object();
  const bool has_keys = keys_.Ready();
  bool ready = has_keys;
  {
    const absl::MutexLock lock(&mutex_);
    if (absl::Now() - probed_ >= kProbeEvery) ProbeAll();
    for (size_t i = 0; i < backends_.size(); ++i) {
      backends[backends_[i].name] = answers_[i] ? "up" : "down";
      if (backends_[i].needed && !answers_[i]) ready = false;
    }
  }
  HttpResponse response;
  response.status = ready ? 200 : 503;
  response.content_type = "application/json";
  response.body =
      nlohmann::json({{"ready", ready}, {"day_keys", has_keys}, {"backends", backends}}).dump() +
      "\n";
  return response;
}

}  // namespace oshirase::gateway
