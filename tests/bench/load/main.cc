// webhook_load: sends signed webhooks to a server on this machine and prints how it did as JSON.
// Exit codes: 0 done, 1 failed, 2 wrong use. Answers other than 200 are no failure: they are
// counted.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <fstream>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "absl/time/clock.h"
#include "tests/bench/load/load.h"
#include "tests/bench/load/load_report.h"

namespace oshirase::bench {
namespace {

// Faster than any server on one machine; a webhook takes about 800 bytes of memory.
constexpr double kMostPerSecond = 40'000;

struct Options {
  LoadOptions load;
  WebhookOptions webhooks;
  double seconds = 10;
  std::string secret_file;
  std::string venues_file;
  bool wait = false;
};

// The venue_code of each line that `tools/stack seed` printed.
std::vector<std::string> ReadVenueCodes(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> codes;
  for (std::string line; std::getline(file, line);) {
    const auto venue = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (venue.is_object() && venue.contains("venue_code")) codes.push_back(venue["venue_code"]);
  }
  return codes;
}

std::string ReadFirstLine(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

void AddOptions(CLI::App& app, Options& options) {
  app.add_option("--port", options.load.port, "port on 127.0.0.1")->required();
  app.add_option("--secret-file", options.secret_file, "file with the channel secret")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--venues", options.venues_file, "what `tools/stack seed` printed")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--bot-user-id", options.webhooks.bot_user_id, "the destination")->required();
  app.add_option("--connections", options.load.connections, "kept-alive connections (64)")
      ->check(CLI::Range(1, 4096));
  app.add_option("--seconds", options.seconds, "how long (10)")->check(CLI::Range(0.1, 600.0));
  app.add_option("--rate", options.load.rate, "open loop at so many a second (closed loop)")
      ->check(CLI::Range(1.0, kMostPerSecond));
  app.add_option("--skew", options.webhooks.skew, "0: all venues alike; 1: Zipf's law (0.8)")
      ->check(CLI::Range(0.0, 3.0));
  app.add_option("--hot-share", options.webhooks.hot_share, "share of one venue on top (0)")
      ->check(CLI::Range(0.0, 1.0));
  app.add_flag("--sweep", options.webhooks.sweep, "visit each venue once, and no more");
  app.add_option("--people", options.webhooks.people, "how many people visit (1000000)")
      ->check(CLI::Range(1, 100'000'000));
  app.add_flag("--wait", options.wait, "say `ready` on stderr, begin at a line on stdin");
  app.add_option("--seed", options.webhooks.seed, "repeats a run's choices (random)");
}

size_t WebhookCount(const Options& options) {
  if (options.webhooks.sweep) return options.webhooks.venue_codes.size();
  if (options.load.rate > 0) return WebhooksNeeded(options.load);
  return static_cast<size_t>(std::ceil(options.seconds * kMostPerSecond));
}

double CpuSeconds() {
  rusage usage = {};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

int Fail(const std::string& reason) {
  std::cerr << "webhook_load: " << reason << "\n";
  return EXIT_FAILURE;
}

int Run(int argc, char** argv) {
  CLI::App app("Sends signed webhooks to a server on this machine and prints how it did as JSON.");
  Options options;
  options.webhooks.seed = std::random_device()();
  AddOptions(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  options.load.duration = absl::Seconds(options.seconds);
  options.webhooks.host = "127.0.0.1:" + std::to_string(options.load.port);
  options.webhooks.channel_secret = ReadFirstLine(options.secret_file);
  options.webhooks.venue_codes = ReadVenueCodes(options.venues_file);
  options.webhooks.time = absl::Now();
  if (options.webhooks.venue_codes.empty()) return Fail("no venue codes in " + options.venues_file);

  const Webhooks webhooks(options.webhooks, WebhookCount(options));
  if (options.wait) {
    std::cerr << "ready" << std::endl;
    std::cin.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  const double cpu_before = CpuSeconds();
  const auto result = RunLoad(options.load, webhooks);
  if (!result.ok()) return Fail(std::string(result.status().message()));
  auto report = ReportOf(options.load, *result);
  report["own_cpu_seconds"] = CpuSeconds() - cpu_before;
  std::cout << report.dump(2) << "\n";
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace oshirase::bench

int main(int argc, char** argv) { return oshirase::bench::Run(argc, argv); }
