#include "services/notifier/domain/verdict.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "services/notifier/domain/case.h"

namespace oshirase::notifier {
namespace {

using Action = Verdict::Action;

constexpr absl::Duration kFirstBackoff = absl::Milliseconds(500);
constexpr absl::Duration kLongestBackoff = absl::Minutes(1);
constexpr int kDoublings = 7;

Verdict JudgeRefusal(const AttemptFacts& facts) {
  if (facts.doubtful_before) return {.action = Action::kUnknown, .doubtful = true};
  return {.action = facts.people > 1 ? Action::kBisect : Action::kRejected};
}

bool Says(const std::string& message, const char* words) {
  return absl::StrContains(absl::AsciiStrToLower(message), words);
}

Verdict JudgeTooMany(const std::string& message, const AttemptFacts& facts) {
  if (Says(message, "monthly limit")) {
    return {.action = Action::kPause,
            .doubtful = facts.doubtful_before,
            .pause_reason = kPausedMonthlyLimit};
  }
  return {.action = Action::kRetry,
          .doubtful = facts.doubtful_before,
          .too_fast = true,
          .unexplained = !Says(message, "rate limit")};
}

Verdict JudgeStatus(const LineAnswer& answer, const AttemptFacts& facts) {
  const int status = answer.status;
  if ((status >= 200 && status < 300) || status == 409) return {.action = Action::kAccepted};
  if (status == 400 || status == 413) return JudgeRefusal(facts);
  if (status == 429) return JudgeTooMany(answer.message, facts);
  if (status == 401 && answer.token_replaced) {
    return {.action = Action::kRetry, .doubtful = facts.doubtful_before};
  }
  if (status >= 400 && status < 500) {
    const bool unauthorized = status == 401 || status == 403;
    return {.action = Action::kPause,
            .doubtful = facts.doubtful_before,
            .pause_reason = unauthorized ? kPausedUnauthorized : kPausedUnexpected};
  }
  return {.action = Action::kRetry, .doubtful = true};
}

}  // namespace

Verdict Judge(const LineAnswer& answer, const AttemptFacts& facts) {
  switch (answer.kind) {
    case LineAnswer::Kind::kAnswered:
      return JudgeStatus(answer, facts);
    case LineAnswer::Kind::kNotSent:
      return {.action = Action::kRetry, .doubtful = facts.doubtful_before};
    case LineAnswer::Kind::kNoAnswer:
      return {.action = Action::kRetry, .doubtful = true};
  }
  return {.action = Action::kRetry, .doubtful = true};
}

absl::Duration Backoff(int attempts, double random) {
  const absl::Duration whole =
      std::min(kFirstBackoff * (1 << std::clamp(attempts - 1, 0, kDoublings)), kLongestBackoff);
  return whole * (0.5 + random / 2);
}

}  // namespace oshirase::notifier
