// How far long work is: one line that is drawn over on a terminal, a line now and then elsewhere.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace oshirase::authority {

// "[#########---------]  45%  450 / 1000 件"; with nothing to do it is 0%.
std::string ProgressText(int64_t done, int64_t total, const std::string& unit);

// Draws over the line on stderr. Only on a terminal.
void DrawOver(const std::string& line);

// Not thread-safe.
class ProgressLine {
 public:
  // `unit` is what is counted: "件".
  ProgressLine(std::string unit, bool on_terminal, std::function<void(const std::string&)> tell);

  // On a terminal each call draws; elsewhere at most one line a second, and the last one.
  void Show(int64_t done, int64_t total);

  // Leaves the line that is drawn over, before something else is said.
  void End();

 private:
  const std::string unit_;
  const bool on_terminal_;
  const std::function<void(const std::string&)> tell_;
  std::string told_;
  absl::Time told_time_ = absl::InfinitePast();
  bool drawn_ = false;
};

}  // namespace oshirase::authority
