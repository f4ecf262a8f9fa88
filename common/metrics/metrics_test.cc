#include "common/metrics/metrics.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "common/config/bad_configuration.h"
#include "common/metrics/metrics_server.h"
#include "common/metrics/rpc_metrics.h"

namespace oshirase {
namespace {

// What `GET path` on this port of the loopback interface answers, headers included.
std::string Get(int port, const std::string& path) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  REQUIRE(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  const std::string request =
      "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  REQUIRE(write(fd, request.data(), request.size()) == static_cast<ssize_t>(request.size()));
  std::string answer;
  char buffer[4096];
  for (ssize_t got = 0; (got = read(fd, buffer, sizeof buffer)) > 0;) {
    answer.append(buffer, static_cast<size_t>(got));
  }
  close(fd);
  return answer;
}

TEST_CASE("counters are shown with their labels") {
  Metrics metrics;
  metrics.Counter("oshirase_visits_total", "Visits.", {{"kind", "new"}}).Increment();
  metrics.Counter("oshirase_visits_total", "Visits.", {{"kind", "new"}}).Increment();
  metrics.Gauge("oshirase_queue_length", "Waiting.").Set(7);
  metrics.Histogram("oshirase_flush_rows", "Rows.", {10, 100}).Observe(50);

  const std::string text = metrics.Text();

  CHECK(absl::StrContains(text, "oshirase_visits_total{kind=\"new\"} 2"));
  CHECK(absl::StrContains(text, "oshirase_queue_length 7"));
  CHECK(absl::StrContains(text, "oshirase_flush_rows_bucket{le=\"100\"} 1"));
}

TEST_CASE("a process tells of its memory, CPU time, files, threads and start") {
  const std::string text = Metrics().Text();
  for (const char* name : {"process_resident_memory_bytes", "process_cpu_seconds_total",
                           "process_open_fds", "process_threads", "process_start_time_seconds"}) {
    CAPTURE(name);
    CHECK(absl::StrContains(text, std::string("\n") + name + " "));
  }
  CHECK_FALSE(absl::StrContains(text, "process_resident_memory_bytes 0\n"));
  CHECK_FALSE(absl::StrContains(text, "process_threads 0\n"));
}

TEST_CASE("calls are counted by method and code, and timed by method") {
  Metrics metrics;
  RpcMetrics calls(metrics);
  calls.CountCall("/p.S/M", absl::StatusCode::kOk, absl::Milliseconds(2));
  calls.CountCall("/p.S/M", absl::StatusCode::kNotFound, absl::Milliseconds(2));
  calls.CountCall("/p.S/M", absl::StatusCode::kOk, absl::Milliseconds(2));
  calls.CountRefusal("CALLER_NOT_ALLOWED");

  const std::string text = metrics.Text();

  CHECK(absl::StrContains(text, "oshirase_rpc_calls_total{code=\"OK\",method=\"/p.S/M\"} 2"));
  CHECK(
      absl::StrContains(text, "oshirase_rpc_calls_total{code=\"NOT_FOUND\",method=\"/p.S/M\"} 1"));
  CHECK(absl::StrContains(text, "oshirase_rpc_duration_seconds_count{method=\"/p.S/M\"} 3"));
  CHECK(absl::StrContains(text, "oshirase_rpc_refusals_total{reason=\"CALLER_NOT_ALLOWED\"} 1"));
}

TEST_CASE("the metrics server shows all counters, and nothing elsewhere") {
  Metrics metrics;
  metrics.Counter("oshirase_visits_total", "Visits.").Increment();
  const auto server = MetricsServer::Start("127.0.0.1:0", metrics);
  REQUIRE(server.ok());

  const std::string answer = Get((*server)->port(), "/metrics");

  CHECK(absl::StartsWith(answer, "HTTP/1.1 200"));
  CHECK(absl::StrContains(answer, "oshirase_visits_total 1"));
  CHECK(absl::StrContains(answer, "process_resident_memory_bytes"));
  CHECK(absl::StartsWith(Get((*server)->port(), "/"), "HTTP/1.1 404"));
  CHECK(absl::StartsWith(Get((*server)->port(), "/../etc/passwd"), "HTTP/1.1 404"));
}

TEST_CASE("a metrics server whose port is taken is bad configuration") {
  const Metrics metrics;
  const auto first = MetricsServer::Start("127.0.0.1:0", metrics);
  REQUIRE(first.ok());
  const std::string address = "127.0.0.1:" + std::to_string((*first)->port());

  const auto second = MetricsServer::Start(address, metrics);

  CHECK(IsBadConfiguration(second.status()));
  CHECK(absl::StrContains(second.status().message(), "is taken"));
}

}  // namespace
}  // namespace oshirase
