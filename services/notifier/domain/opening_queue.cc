#include "services/notifier/domain/opening_queue.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/errors.h"

namespace oshirase::notifier {
namespace {

constexpr absl::Duration kFirstDelay = absl::Milliseconds(500);
constexpr absl::Duration kLongestDelay = absl::Seconds(30);
constexpr int kDoublings = 6;

absl::Duration RetryDelay(int failures) {
  return std::min(kFirstDelay * (1 << std::min(failures - 1, kDoublings)), kLongestDelay);
}

// Why it stands still, for the officer who watches.
std::string DelayReason(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason.empty() ? absl::StatusCodeToString(status.code()) : reason;
}

}  // namespace

OpeningQueue::OpeningQueue(CaseOpener& opener, CaseStore& cases, std::function<void()> on_planned)
    : opener_(opener), cases_(cases), on_planned_(std::move(on_planned)) {}

OpeningQueue::~OpeningQueue() { Stop(); }

void OpeningQueue::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void OpeningQueue::Stop() {
  {
    absl::MutexLock lock(&mu_);
    stopping_ = true;
    added_.Signal();
  }
  if (thread_.joinable()) thread_.join();
  absl::MutexLock lock(&mu_);
  waiting_.clear();
}

void OpeningQueue::Add(const std::string& case_id, std::optional<Release> release) {
  absl::MutexLock lock(&mu_);
  if (case_id == opening_now_ && !release.has_value()) return;
  // A case that waits after a failure keeps its turn, so that asking often does not hammer.
  const auto [entry, fresh] = waiting_.try_emplace(case_id);
  if (fresh) entry->second.due = absl::Now();
  if (release.has_value()) {
    entry->second.release = std::move(release);
    entry->second.due = absl::Now();
  }
  added_.Signal();
}

absl::Time OpeningQueue::NextDue() const {
  absl::Time due = absl::InfiniteFuture();
  for (const auto& [case_id, waiting] : waiting_) due = std::min(due, waiting.due);
  return due;
}

void OpeningQueue::Loop() {
  for (;;) {
    std::string case_id;
    Waiting next;
    {
      absl::MutexLock lock(&mu_);
      while (!stopping_ && NextDue() > absl::Now()) {
        added_.WaitWithDeadline(&mu_, NextDue());
      }
      if (stopping_) return;
      const auto chosen = std::min_element(
          waiting_.begin(), waiting_.end(),
          [](const auto& a, const auto& b) { return a.second.due < b.second.due; });
      case_id = chosen->first;
      next = std::move(chosen->second);
      waiting_.erase(chosen);
      opening_now_ = case_id;
    }
    OpenOne(case_id, std::move(next));
    absl::MutexLock lock(&mu_);
    opening_now_.clear();
  }
}

void OpeningQueue::OpenOne(const std::string& case_id, Waiting waiting) {
  const auto status = opener_.Open(case_id, std::move(waiting.release));
  if (status.ok()) {
    on_planned_();
    return;
  }
  const std::string reason = DelayReason(status);
  if (reason == "CASE_FINISHED" || reason == "CASE_NOT_FOUND") return;
  LogWarning("case cannot be opened yet", {{"case_request_id", case_id}, {"reason", reason}});
  cases_.NoteDelay(case_id, reason).IgnoreError();  // the log has it
  absl::MutexLock lock(&mu_);
  Waiting& again = waiting_[case_id];
  again.failures = waiting.failures + 1;
  again.due = absl::Now() + RetryDelay(again.failures);
  again.release.reset();
}

}  // namespace oshirase::notifier
