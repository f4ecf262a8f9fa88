// A VisitStore in memory that can be told to fail or to be slow. Shows nothing about durability.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/checkin/domain/visit_store.h"

namespace oshirase::checkin {

class FakeVisitStore final : public VisitStore {
 public:
  // The next call returns `status` and does nothing else.
  void FailNext(absl::Status status);

  // A visit with this id can never be stored: every batch that holds it fails.
  void Poison(const VisitId& id);

  // While held, Insert waits.
  void Hold();
  void LetGo();

  std::vector<size_t> batch_sizes() const;
  size_t size() const;

  absl::StatusOr<std::vector<bool>> Insert(const std::vector<Visit>& visits) override;
  absl::StatusOr<std::vector<HourCounts>> Count(const std::vector<VenueHours>& list) override;
  absl::StatusOr<std::vector<uint32_t>> CountDays(const VenueId& venue, Day first,
                                                  Day last) override;
  absl::StatusOr<std::vector<Visit>> Read(const VenueHours& where,
                                          const std::optional<VisitCursor>& after,
                                          int limit) override;
  absl::StatusOr<std::vector<Visit>> Scan(Day day, const std::optional<VisitCursor>& after,
                                          int limit) override;
  absl::Status EnsureDay(Day day) override;
  absl::StatusOr<std::vector<Day>> Days() override;
  absl::Status DropDay(Day day) override;

 private:
  using Key = std::tuple<Day, VenueId, int, VisitId>;
  absl::Status TakeFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  mutable absl::Mutex mu_;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
  std::set<VisitId> poison_ ABSL_GUARDED_BY(mu_);
  bool held_ ABSL_GUARDED_BY(mu_) = false;
  std::vector<size_t> batch_sizes_ ABSL_GUARDED_BY(mu_);
  std::map<Key, std::string> visits_ ABSL_GUARDED_BY(mu_);
  std::set<Day> days_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::checkin
