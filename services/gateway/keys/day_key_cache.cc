#include "services/gateway/keys/day_key_cache.h"

#include <algorithm>
#include <utility>

#include "common/log/log.h"

namespace oshirase::gateway {
namespace {

constexpr absl::Duration kTick = absl::Seconds(1);
// Of a day that the notifier leaves out (lost, or not made yet) it is asked again after this.
constexpr absl::Duration kAskAgain = absl::Seconds(10);
// From this hour on tomorrow's keys are wanted, so that midnight needs nobody.
constexpr int kFetchTomorrowHour = 23;

}  // namespace

DayKeyCache::DayKeyCache(NotifierClient& notifier, Clock clock)
    : notifier_(notifier), clock_(std::move(clock)) {}

DayKeyCache::~DayKeyCache() {
  stop_.Notify();
  if (thread_.joinable()) thread_.join();
}

void DayKeyCache::Start() {
  thread_ = std::thread([this] { Run(); });
}

void DayKeyCache::Run() {
  while (!stop_.WaitForNotificationWithTimeout(kTick)) {
    const absl::Status status = Refresh();
    const absl::MutexLock lock(&mutex_);
    if (!status.ok() && !failing_) {
      LogWarning("day keys could not be fetched",
                 {{"code", absl::StatusCodeToString(status.code())}});
    }
    failing_ = !status.ok();
  }
}

std::vector<Day> DayKeyCache::Wanted() const {
  const absl::Time now = clock_();
  const Day today = DayOf(now);
  std::vector<Day> days = {today - 1, today};
  if (HourOf(now) >= kFetchTomorrowHour) days.push_back(today + 1);
  return days;
}

std::vector<Day> DayKeyCache::Prune() {
  const std::vector<Day> wanted = Wanted();
  std::vector<Day> missing;
  const absl::MutexLock lock(&mutex_);
  // The oldest wanted day is yesterday; whoever still seals with an older key keeps it alive for
  // that moment only.
  keys_.erase(keys_.begin(), keys_.lower_bound(wanted.front()));
  for (const Day day : wanted) {
    if (!keys_.contains(day)) missing.push_back(day);
  }
  if (clock_() < next_fetch_) missing.clear();
  return missing;
}

absl::Status DayKeyCache::Refresh() {
  const std::vector<Day> missing = Prune();
  if (missing.empty()) return absl::OkStatus();
  auto keys = notifier_.GetDayKeys(missing, {});
  if (!keys.ok()) return keys.status();
  for (DayKeyMaterial& day : *keys) Add(std::move(day));
  const absl::MutexLock lock(&mutex_);
  // A day that was just opened can be asked for at once; a day left out only later.
  next_fetch_ = keys->size() < missing.size() ? clock_() + kAskAgain : absl::InfinitePast();
  return absl::OkStatus();
}

void DayKeyCache::Add(DayKeyMaterial keys) {
  const Day day = keys.day;
  auto ready = std::make_shared<const DayKeys>(std::move(keys));
  const absl::MutexLock lock(&mutex_);
  keys_.emplace(day, std::move(ready));
}

std::shared_ptr<const DayKeys> DayKeyCache::Get(Day day) const {
  const absl::ReaderMutexLock lock(&mutex_);
  const auto found = keys_.find(day);
  return found == keys_.end() ? nullptr : found->second;
}

bool DayKeyCache::Ready() const { return Get(DayOf(clock_())) != nullptr; }

}  // namespace oshirase::gateway
