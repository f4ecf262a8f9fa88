// The fields of /proc/self/stat: proc(5).
#include "common/metrics/process_metrics.h"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace oshirase {
namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

struct ProcStat {
  double cpu_ticks = 0;
  double threads = 0;
  double start_ticks = 0;  // Since boot.
  double resident_pages = 0;
};

ProcStat ReadProcStat() {
  std::ifstream file("/proc/self/stat");
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  // The program's name may hold spaces and parentheses; the numbers follow the last one.
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string skipped;
  const auto skip = [&](int count) {
    while (count-- > 0) fields >> skipped;
  };
  ProcStat stat;
  double user = 0;
  double system = 0;
  skip(11);  // Fields 3 to 13.
  fields >> user >> system;
  skip(4);  // 16 to 19.
  fields >> stat.threads;
  skip(1);
  fields >> stat.start_ticks;
  skip(1);
  fields >> stat.resident_pages;
  stat.cpu_ticks = user + system;
  return stat;
}

double BootTime() {
  double uptime = 0;
  std::ifstream("/proc/uptime") >> uptime;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count() - uptime;
}

double OpenFiles() {
  std::error_code error;
  const std::filesystem::directory_iterator files("/proc/self/fd", error);
  return static_cast<double>(std::distance(begin(files), end(files)));
}

MetricFamily Gauge(const std::string& name, const std::string& help, double value) {
  prometheus::ClientMetric metric;
  metric.gauge.value = value;
  return {name, help, MetricType::Gauge, {metric}};
}

}  // namespace

std::vector<MetricFamily> ProcessMetrics::Collect() const {
  static const double boot_time = BootTime();  // Once: it would wander with the clock.
  const ProcStat stat = ReadProcStat();
  const auto ticks_per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  const auto page_bytes = static_cast<double>(sysconf(_SC_PAGESIZE));

  prometheus::ClientMetric cpu;
  cpu.counter.value = stat.cpu_ticks / ticks_per_second;
  return {
      {"process_cpu_seconds_total", "CPU time used, user and system.", MetricType::Counter, {cpu}},
      Gauge("process_resident_memory_bytes", "Memory held.", stat.resident_pages * page_bytes),
      Gauge("process_open_fds", "Open file descriptors.", OpenFiles()),
      Gauge("process_threads", "Threads.", stat.threads),
      Gauge("process_start_time_seconds", "When the process started, Unix time.",
            boot_time + stat.start_ticks / ticks_per_second),
  };
}

}  // namespace oshirase
