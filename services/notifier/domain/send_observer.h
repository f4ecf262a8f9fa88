// What is counted of sending. Implemented by NotifierMetrics.
#pragma once

#include "absl/time/time.h"

namespace oshirase::notifier {

// Thread-safe; must not block.
class SendObserver {
 public:
  virtual ~SendObserver() = default;

  // A call to LINE's multicast ended; `status` 0 stands for no answer.
  virtual void OnLineCall(int status, absl::Duration duration) = 0;
  // A 429 whose text is neither of those known.
  virtual void OnUnexplainedLimit(absl::Time time) = 0;
  // Sending of a case stopped for a reason only people can remove.
  virtual void OnPaused(const char* reason) = 0;
};

}  // namespace oshirase::notifier
