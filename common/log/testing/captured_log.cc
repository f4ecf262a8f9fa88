#include "common/log/testing/captured_log.h"

#include "absl/strings/str_split.h"
#include "spdlog/sinks/ostream_sink.h"
#include "spdlog/spdlog.h"

namespace oshirase {

CapturedLog::CapturedLog() : previous_(spdlog::default_logger()) {
  auto logger = std::make_shared<spdlog::logger>(
      "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(stream_));
  logger->set_level(spdlog::level::debug);
  logger->set_pattern("%v");
  spdlog::set_default_logger(std::move(logger));
}

CapturedLog::~CapturedLog() { spdlog::set_default_logger(previous_); }

std::string CapturedLog::text() const { return stream_.str(); }

std::vector<std::string> CapturedLog::lines() const {
  return absl::StrSplit(text(), '\n', absl::SkipEmpty());
}

}  // namespace oshirase
