#include "common/log/log.h"

#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/log/buffered_sink.h"
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

// dump() escapes quotes, line ends and control characters; invalid UTF-8 would make it throw.
std::string Escaped(const nlohmann::json& value) {
  constexpr int no_indent = -1;
  return value.dump(no_indent, ' ', /*ensure_ascii=*/false,
                    nlohmann::json::error_handler_t::replace);
}

// Whether JSON writes `text` as it is: printable ASCII but quote and backslash, as nearly all is.
bool IsPlain(absl::string_view text) {
  for (const char c : text) {
    if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') return false;
  }
  return true;
}

void Append(absl::string_view text, std::string& line) {
  if (IsPlain(text)) {
    absl::StrAppend(&line, "\"", text, "\"");
  } else {
    line += Escaped(std::string(text));
  }
}

void Append(const LogValue::Variant& variant, std::string& line) {
  std::visit(
      [&](const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, absl::string_view>) {
          Append(value, line);
        } else if constexpr (std::is_same_v<Value, bool>) {
          line += value ? "true" : "false";
        } else if constexpr (std::is_same_v<Value, double>) {
          line += Escaped(value);
        } else {
          absl::StrAppend(&line, value);
        }
      },
      variant);
}

// Now, as "2020-12-01T00:00:00.000Z". All but the milliseconds is made once a second.
void AppendTime(std::string& line) {
  thread_local absl::Time second = absl::InfinitePast();
  thread_local std::string text;
  const absl::Time now = absl::Now();
  if (now < second || now >= second + absl::Seconds(1)) {
    second = absl::FromUnixSeconds(absl::ToUnixSeconds(now));
    text = absl::FormatTime("%Y-%m-%dT%H:%M:%S.", second, absl::UTCTimeZone());
  }
  absl::StrAppend(&line, text, absl::Dec(absl::ToInt64Milliseconds(now - second), absl::kZeroPad3),
                  "Z");
}

void AppendLine(const std::string& service, LogLevel level, absl::string_view message,
                LogFields fields, std::string& line) {
  line += R"({"ts":")";
  AppendTime(line);
  absl::StrAppend(&line, R"(","level":")", Describe(level).name, R"(","service":)");
  Append(absl::string_view(service), line);
  line += R"(,"msg":)";
  Append(message, line);
  for (const LogField& field : fields) {
    absl::StrAppend(&line, ",\"", field.key, "\":");
    Append(field.value.value(), line);
  }
  line += '}';
}

}  // namespace

absl::StatusOr<LogLevel> ParseLogLevel(absl::string_view text) {
  for (size_t i = 0; i < kLevels.size(); ++i) {
    if (text == kLevels[i].name) return static_cast<LogLevel>(i);
  }
  return absl::InvalidArgumentError("must be debug, info, warning or error");
}

void InitLog(const std::string& service, LogLevel level) {
  auto logger = std::make_shared<spdlog::logger>(service, std::make_shared<BufferedSink>(stdout));
  logger->set_level(Describe(level).spdlog_level);
  logger->set_pattern("%v");  // AppendLine() has made the whole line.
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

void Log(LogLevel level, absl::string_view message, LogFields fields) {
  spdlog::logger& logger = *spdlog::default_logger_raw();
  const auto spdlog_level = Describe(level).spdlog_level;
  if (!logger.should_log(spdlog_level)) return;
  thread_local std::string line;
  line.clear();
  AppendLine(logger.name(), level, message, fields, line);
  logger.log(spdlog_level, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace oshirase
