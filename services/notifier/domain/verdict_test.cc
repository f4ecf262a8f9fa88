#include "services/notifier/domain/verdict.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "services/notifier/domain/case.h"
#include "services/notifier/testing/fake_line.h"

namespace oshirase::notifier {
namespace {

using Action = Verdict::Action;

struct Row {
  const char* name;
  LineAnswer answer;
  bool doubtful_before;
  Action action;
  bool doubtful_after;
  std::string pause_reason;
};

TEST_CASE("each answer of LINE has one meaning, with and without doubt from before") {
  const std::vector<Row> table = {
      {"200", Answered(200), false, Action::kAccepted, false, ""},
      {"200 after doubt", Answered(200), true, Action::kAccepted, false, ""},
      {"409", Answered(409), false, Action::kAccepted, false, ""},
      {"409 after doubt", Answered(409), true, Action::kAccepted, false, ""},
      {"400", Answered(400), false, Action::kBisect, false, ""},
      {"400 after doubt", Answered(400), true, Action::kUnknown, true, ""},
      {"413", Answered(413), false, Action::kBisect, false, ""},
      {"413 after doubt", Answered(413), true, Action::kUnknown, true, ""},
      {"401", Answered(401), false, Action::kPause, false, kPausedUnauthorized},
      {"401 after doubt", Answered(401), true, Action::kPause, true, kPausedUnauthorized},
      {"403", Answered(403), false, Action::kPause, false, kPausedUnauthorized},
      {"404", Answered(404), false, Action::kPause, false, kPausedUnexpected},
      {"415", Answered(415), true, Action::kPause, true, kPausedUnexpected},
      {"429 rate", Answered(429, kRateLimitText), false, Action::kRetry, false, ""},
      {"429 rate after doubt", Answered(429, kRateLimitText), true, Action::kRetry, true, ""},
      {"429 month", Answered(429, kMonthlyLimitText), false, Action::kPause, false,
       kPausedMonthlyLimit},
      {"429 month after doubt", Answered(429, kMonthlyLimitText), true, Action::kPause, true,
       kPausedMonthlyLimit},
      {"429 of no known kind", Answered(429, ""), false, Action::kRetry, false, ""},
      {"500", Answered(500), false, Action::kRetry, true, ""},
      {"503", Answered(503), false, Action::kRetry, true, ""},
      {"302", Answered(302), false, Action::kRetry, true, ""},
      {"timeout or reset", NoAnswer(), false, Action::kRetry, true, ""},
      {"no connection", NotSent(), false, Action::kRetry, false, ""},
      {"no connection after doubt", NotSent(), true, Action::kRetry, true, ""},
  };
  for (const Row& row : table) {
    INFO(row.name);
    const Verdict verdict =
        Judge(row.answer, {.doubtful_before = row.doubtful_before, .people = 10});

    CHECK(static_cast<int>(verdict.action) == static_cast<int>(row.action));
    CHECK(verdict.doubtful == row.doubtful_after);
    CHECK(verdict.pause_reason == row.pause_reason);
  }
}

TEST_CASE("a refused batch of one is rejected, there is nothing to halve") {
  CHECK(Judge(Answered(400), {.people = 1}).action == Action::kRejected);
}

TEST_CASE("only a 429 for speed slows everybody down, and only an unexplained one is told") {
  CHECK(Judge(Answered(429, kRateLimitText), {}).too_fast);
  CHECK_FALSE(Judge(Answered(429, kRateLimitText), {}).unexplained);
  CHECK(Judge(Answered(429, "?"), {}).too_fast);
  CHECK(Judge(Answered(429, "?"), {}).unexplained);
  CHECK_FALSE(Judge(Answered(500), {}).too_fast);
}

TEST_CASE("back-off doubles to a minute and is never less than half of that") {
  CHECK(Backoff(1, 0.0) == absl::Milliseconds(250));
  CHECK(Backoff(1, 0.999) < absl::Milliseconds(501));
  CHECK(Backoff(2, 0.0) == absl::Milliseconds(500));
  CHECK(Backoff(1000, 0.0) == absl::Seconds(30));
  CHECK(Backoff(1000, 0.999) <= absl::Minutes(1));
}

TEST_CASE("a 401 under a token that was replaced since is tried again, without new doubt") {
  LineAnswer answer = Answered(401);
  CHECK(Judge(answer, {}).action == Verdict::Action::kPause);
  answer.token_replaced = true;
  for (const bool doubtful : {false, true}) {
    const Verdict verdict = Judge(answer, {.doubtful_before = doubtful, .people = 5});
    CHECK(verdict.action == Verdict::Action::kRetry);
    CHECK(verdict.doubtful == doubtful);
    CHECK_FALSE(verdict.too_fast);
  }
}

}  // namespace
}  // namespace oshirase::notifier
