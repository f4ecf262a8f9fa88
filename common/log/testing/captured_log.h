// Collects the lines a test makes the code log. It replaces the process's log, so it cannot show
// that lines reach stdout, and tests that use it must not run in parallel threads.
#pragma once

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "common/log/log.h"

namespace spdlog {
class logger;
}

namespace oshirase {

// Takes the log, from level debug, as long as it lives, then gives it back.
class CapturedLog {
 public:
  CapturedLog();
  ~CapturedLog();
  CapturedLog(const CapturedLog&) = delete;
  CapturedLog& operator=(const CapturedLog&) = delete;

  // Everything written so far.
  std::string text() const;

  // The lines written so far, without their ends.
  std::vector<std::string> lines() const;

 private:
  std::shared_ptr<spdlog::logger> previous_;
  std::ostringstream stream_;
};

}  // namespace oshirase
