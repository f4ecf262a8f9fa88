#include "services/gateway/testing/fake_notifier_client.h"

#include <utility>

namespace oshirase::gateway {

DayKeyMaterial FakeNotifierClient::KeysOf(Day day) {
  DayKeyMaterial keys;
  keys.day = day;
  keys.inner_key.mutable_bytes()[0] = 1;
  keys.tag_key.mutable_bytes()[0] = 2;
  for (size_t i = 0; i < 4; ++i) {
    const auto byte = static_cast<uint8_t>(static_cast<uint32_t>(day.value) >> (8 * i));
    keys.inner_key.mutable_bytes()[i + 1] = byte;
    keys.tag_key.mutable_bytes()[i + 1] = byte;
  }
  return keys;
}

absl::Status FakeNotifierClient::TakeFailure() {
  if (!all_.ok()) return all_;
  return std::exchange(next_, absl::OkStatus());
}

absl::StatusOr<std::vector<DayKeyMaterial>> FakeNotifierClient::GetDayKeys(
    const std::vector<Day>& days, const CallContext& /*call*/) {
  const absl::MutexLock lock(&mutex_);
  asked_.push_back(days);
  if (auto failure = TakeFailure(); !failure.ok()) return failure;
  std::vector<DayKeyMaterial> result;
  for (const Day day : days) {
    if (!lost_.contains(day)) result.push_back(KeysOf(day));
  }
  return result;
}

void FakeNotifierClient::RecordFollowChange(const FollowChange& change, const CallContext& /*call*/,
                                            Done done) {
  absl::Status status;
  {
    const absl::MutexLock lock(&mutex_);
    status = TakeFailure();
    if (status.ok()) changes_.push_back(change);
  }
  done(status);
}

void FakeNotifierClient::FailNext(absl::Status status) {
  const absl::MutexLock lock(&mutex_);
  next_ = std::move(status);
}

void FakeNotifierClient::FailAll(absl::Status status) {
  const absl::MutexLock lock(&mutex_);
  all_ = std::move(status);
}

void FakeNotifierClient::Lose(Day day) {
  const absl::MutexLock lock(&mutex_);
  lost_.insert(day);
}

void FakeNotifierClient::Find(Day day) {
  const absl::MutexLock lock(&mutex_);
  lost_.erase(day);
}

std::vector<std::vector<Day>> FakeNotifierClient::asked() const {
  const absl::MutexLock lock(&mutex_);
  return asked_;
}

std::vector<FollowChange> FakeNotifierClient::changes() const {
  const absl::MutexLock lock(&mutex_);
  return changes_;
}

}  // namespace oshirase::gateway
