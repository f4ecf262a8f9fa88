// What is counted of sending mail. Implemented by MailMetrics.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "services/registry/domain/mail_outbox.h"

namespace oshirase::registry {

// Thread-safe; must not block.
class MailObserver {
 public:
  virtual ~MailObserver() = default;

  // An attempt ended. `reason` is "" when it was sent; `duration` is how long that took.
  virtual void OnAttempt(MailKind kind, MailEnd::Outcome outcome, const std::string& reason,
                         absl::Duration duration) = 0;
  // The mail server can be used, or cannot.
  virtual void OnServer(bool usable) = 0;
  virtual void OnFigures(const MailFigures& figures, absl::Time now) = 0;
};

}  // namespace oshirase::registry
