// A VisitCap in memory that can be told to fail.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/checkin/domain/visit_cap.h"

namespace oshirase::checkin {

class FakeVisitCap final : public VisitCap {
 public:
  // The next call returns `status` and does nothing else.
  void FailNext(absl::Status status) {
    absl::MutexLock lock(&mu_);
    failures_.push_back(std::move(status));
  }

  absl::StatusOr<std::vector<bool>> Admit(const std::vector<Admission>& admissions) override {
    absl::MutexLock lock(&mu_);
    if (!failures_.empty()) {
      auto failure = std::move(failures_.front());
      failures_.pop_front();
      return failure;
    }
    std::vector<bool> admitted;
    for (const auto& admission : admissions) {
      auto& events = events_[{admission.day, admission.person}];
      const bool room = events.size() < static_cast<size_t>(kVisitsPerPersonAndDay);
      if (room) events.insert(admission.event);
      admitted.push_back(events.contains(admission.event));
    }
    return admitted;
  }

 private:
  absl::Mutex mu_;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
  std::map<std::pair<Day, Tag>, std::set<Tag>> events_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::checkin
