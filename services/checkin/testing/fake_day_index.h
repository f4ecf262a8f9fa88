// A DayIndex in memory that can be told to fail or to forget.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/status/macros.h"
#include "services/checkin/domain/day_index.h"

namespace oshirase::checkin {

class FakeDayIndex final : public DayIndex {
 public:
  // The next call returns `status` and does nothing else.
  void FailNext(absl::Status status) {
    absl::MutexLock lock(&mu_);
    failures_.push_back(std::move(status));
  }

  // Forgets everything, as a flush does.
  void Flush() {
    absl::MutexLock lock(&mu_);
    entries_.clear();
    whole_.clear();
  }

  absl::Status Add(const std::vector<Visit>& visits) override {
    absl::MutexLock lock(&mu_);
    RETURN_IF_ERROR(TakeFailure());
    for (const auto& visit : visits) {
      entries_.insert({visit.day, visit.venue, visit.hour, visit.id});
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::optional<std::vector<HourCounts>>> Count(
      const std::vector<VenueHours>& list) override {
    absl::MutexLock lock(&mu_);
    RETURN_IF_ERROR(TakeFailure());
    std::vector<HourCounts> counts(list.size(), HourCounts{});
    for (size_t i = 0; i < list.size(); ++i) {
      if (!whole_.contains(list[i].day)) return std::nullopt;
      for (const auto& [day, venue, hour, id] : entries_) {
        if (day == list[i].day && venue == list[i].venue && list[i].Has(hour)) {
          ++counts[i].at(static_cast<size_t>(hour));
        }
      }
    }
    return counts;
  }

  absl::StatusOr<std::vector<Day>> WholeDays() override {
    absl::MutexLock lock(&mu_);
    RETURN_IF_ERROR(TakeFailure());
    return std::vector<Day>(whole_.begin(), whole_.end());
  }

  absl::Status MarkWhole(Day day) override {
    absl::MutexLock lock(&mu_);
    RETURN_IF_ERROR(TakeFailure());
    whole_.insert(day);
    return absl::OkStatus();
  }

  absl::Status MarkBroken(Day day) override {
    absl::MutexLock lock(&mu_);
    RETURN_IF_ERROR(TakeFailure());
    whole_.erase(day);
    return absl::OkStatus();
  }

 private:
  absl::Status TakeFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    if (failures_.empty()) return absl::OkStatus();
    auto failure = std::move(failures_.front());
    failures_.pop_front();
    return failure;
  }

  absl::Mutex mu_;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
  std::set<std::tuple<Day, VenueId, int, VisitId>> entries_ ABSL_GUARDED_BY(mu_);
  std::set<Day> whole_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::checkin
