#include "common/log/log.h"

#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace oshirase {
namespace {

struct Level {
  absl::string_view name;
  spdlog::level::level_enum spdlog_level;
};

// In the order of LogLevel.
constexpr std::array<Level, 4> kLevels = {{
    {"debug", spdlog::level::debug},
    {"info", spdlog::level::info},
    {"warning", spdlog::level::warn},
    {"error", spdlog::level::err},
}};

const Level& Describe(LogLevel level) { return kLevels[static_cast<size_t>(level)]; }

// Keeps the keys in the order they are set in.
using Json = nlohmann::ordered_json;

std::string MakeLine(const std::string& service, LogLevel level, absl::string_view message,
                     LogFields fields) {
  Json line;
  line["ts"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone());
  line["level"] = std::string(Describe(level).name);
  line["service"] = service;
  line["msg"] = std::string(message);
  for (const LogField& field : fields) {
    std::visit([&](const auto& value) { line[field.key] = value; }, field.value.value());
  }
  // dump() escapes quotes, line ends and control characters; invalid UTF-8 would make it throw.
  constexpr int no_indent = -1;
  return line.dump(no_indent, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

}  // namespace

absl::StatusOr<LogLevel> ParseLogLevel(absl::string_view text) {
  for (size_t i = 0; i < kLevels.size(); ++i) {
    if (text == kLevels[i].name) return static_cast<LogLevel>(i);
  }
  return absl::InvalidArgumentError("must be debug, info, warning or error");
}

void InitLog(const std::string& service, LogLevel level) {
  auto logger =
      std::make_shared<spdlog::logger>(service, std::make_shared<spdlog::sinks::stdout_sink_mt>());
  logger->set_level(Describe(level).spdlog_level);
  logger->set_pattern("%v");  // MakeLine() has made the whole line.
  logger->flush_on(spdlog::level::err);
  spdlog::set_default_logger(std::move(logger));
}

void Log(LogLevel level, absl::string_view message, LogFields fields) {
  spdlog::logger& logger = *spdlog::default_logger_raw();
  const auto spdlog_level = Describe(level).spdlog_level;
  if (!logger.should_log(spdlog_level)) return;
  const std::string line = MakeLine(logger.name(), level, message, fields);
  logger.log(spdlog_level, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace oshirase
