#include "tools/authority/progress.h"

#include <algorithm>
#include <iostream>
#include <utility>

#include "absl/strings/str_format.h"

namespace oshirase::authority {
namespace {

constexpr int64_t kBarColumns = 30;
constexpr absl::Duration kBetweenLines = absl::Seconds(1);

}  // namespace

std::string ProgressText(int64_t done, int64_t total, const std::string& unit) {
  const int64_t shown = std::clamp<int64_t>(done, 0, total);
  const auto filled = total == 0 ? 0 : shown * kBarColumns / total;
  return absl::StrFormat("[%s%s] %3d%%  %d / %d %s", std::string(static_cast<size_t>(filled), '#'),
                         std::string(static_cast<size_t>(kBarColumns - filled), '-'),
                         total == 0 ? 0 : shown * 100 / total, done, total, unit);
}

void DrawOver(const std::string& line) { std::cerr << '\r' << line << "\x1b[K" << std::flush; }

ProgressLine::ProgressLine(std::string unit, bool on_terminal,
                           std::function<void(const std::string&)> tell)
    : unit_(std::move(unit)), on_terminal_(on_terminal), tell_(std::move(tell)) {}

void ProgressLine::Show(int64_t done, int64_t total) {
  const auto line = ProgressText(done, total, unit_);
  if (on_terminal_) {
    DrawOver(line);
    drawn_ = true;
  } else if (line != told_ && (done >= total || absl::Now() - told_time_ >= kBetweenLines)) {
    tell_(line);
    told_ = line;
    told_time_ = absl::Now();
  }
}

void ProgressLine::End() {
  if (drawn_) std::cerr << '\n';
  drawn_ = false;
}

}  // namespace oshirase::authority
