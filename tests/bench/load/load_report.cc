#include "tests/bench/load/load_report.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace oshirase::bench {
namespace {

double Milliseconds(uint32_t microseconds) { return microseconds / 1000.0; }

}  // namespace

uint32_t Percentile(const std::vector<uint32_t>& sorted, double share) {
  if (sorted.empty()) return 0;
  const auto rank = static_cast<size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::clamp<size_t>(rank, 1, sorted.size()) - 1];
}

nlohmann::json ReportOf(const LoadOptions& options, LoadResult result) {
  std::vector<uint32_t>& latencies = result.latencies;
  std::sort(latencies.begin(), latencies.end());
  nlohmann::json answers = nlohmann::json::object();
  for (const auto& [status, count] : result.answers) answers[std::to_string(status)] = count;
  const double seconds = absl::ToDoubleSeconds(result.elapsed);
  const uint64_t ok = std::as_const(result.answers).contains(200) ? result.answers.at(200) : 0;
  const auto rate = [&] { return seconds > 0 ? static_cast<double>(ok) / seconds : 0.0; };
  return {{"connections", options.connections},
          {"rate_wanted", options.rate > 0 ? nlohmann::json(options.rate) : nlohmann::json()},
          {"seconds", seconds},
          {"ok", ok},
          {"rate", rate()},
          {"answers", answers},
          {"lost", result.lost},
          {"unanswered", result.unanswered},
          {"unsent", result.unsent},
          {"ran_out", result.ran_out},
          {"latency_ms",
           {{"p50", Milliseconds(Percentile(latencies, 0.5))},
            {"p90", Milliseconds(Percentile(latencies, 0.9))},
            {"p99", Milliseconds(Percentile(latencies, 0.99))},
            {"p99_9", Milliseconds(Percentile(latencies, 0.999))},
            {"max", Milliseconds(latencies.empty() ? 0 : latencies.back())}}}};
}

}  // namespace oshirase::bench
