// What LINE's answer to an attempt means for the batch: the rules of "exactly one effect", as a
// pure function.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "services/notifier/domain/line_client.h"

namespace oshirase::notifier {

struct Verdict {
  enum class Action {
    kAccepted,
    kRetry,     // later, with the same bytes and key
    kBisect,    // refused, and surely never accepted: find out whose id is bad
    kRejected,  // refused, and only one person left
    kUnknown,   // refused now, but an earlier attempt may have been accepted
    kPause,     // sending stops with `pause_reason`; the batch stays as it is
  };
  Action action = Action::kRetry;
  // Whether this attempt, or an earlier one, may have been accepted without our knowing.
  bool doubtful = false;
  // For kRetry: whether LINE said that we are too fast, so that everybody should slow down.
  bool too_fast = false;
  // A 429 of neither known kind; an alarm when it lasts.
  bool unexplained = false;
  std::string pause_reason;
};

// What is known of the batch before the answer.
struct AttemptFacts {
  bool doubtful_before = false;  // an earlier attempt was not answered with 4xx
  int people = 0;
};

// 2xx and 409 are acceptance, whatever came before. 400 and 413 refuse the request itself. 401 and
// 403 and other 4xx are not about the batch; a 401 under a token that has been replaced is tried
// again. 429 is a matter of time, or of the month's quota,
// which only LINE's text tells apart. Everything else, and silence, may have been accepted.
Verdict Judge(const LineAnswer& answer, const AttemptFacts& facts);

// How long to wait before the next attempt: doubled each time up to a minute, jittered between half
// and whole so that batches that failed together do not come back together. `random` is in [0, 1).
absl::Duration Backoff(int attempts, double random);

}  // namespace oshirase::notifier
