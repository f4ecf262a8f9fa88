#include "services/checkin/testing/fake_visit_store.h"

#include <utility>

#include "absl/status/status.h"
#include "common/status/macros.h"

namespace oshirase::checkin {

void FakeVisitStore::FailNext(absl::Status status) {
  absl::MutexLock lock(&mu_);
  failures_.push_back(std::move(status));
}

void FakeVisitStore::Poison(const VisitId& id) {
  absl::MutexLock lock(&mu_);
  poison_.insert(id);
}

void FakeVisitStore::Hold() {
  absl::MutexLock lock(&mu_);
  held_ = true;
}

void FakeVisitStore::LetGo() {
  absl::MutexLock lock(&mu_);
  held_ = false;
}

std::vector<size_t> FakeVisitStore::batch_sizes() const {
  absl::MutexLock lock(&mu_);
  return batch_sizes_;
}

size_t FakeVisitStore::size() const {
  absl::MutexLock lock(&mu_);
  return visits_.size();
}

absl::Status FakeVisitStore::TakeFailure() {
  if (failures_.empty()) return absl::OkStatus();
  auto failure = std::move(failures_.front());
  failures_.pop_front();
  return failure;
}

absl::StatusOr<std::vector<bool>> FakeVisitStore::Insert(const std::vector<Visit>& visits) {
  absl::MutexLock lock(&mu_);
  batch_sizes_.push_back(visits.size());
  mu_.Await(absl::Condition(
      +[](bool* held) { return !*held; }, &held_));
  RETURN_IF_ERROR(TakeFailure());
  for (const auto& visit : visits) {
    if (poison_.contains(visit.id)) return absl::InternalError("poison");
    if (!days_.contains(visit.day)) return absl::InternalError("no such day");
  }
  std::vector<bool> is_new;
  for (const auto& visit : visits) {
    is_new.push_back(
        visits_.emplace(Key{visit.day, visit.venue, visit.hour, visit.id}, visit.sealed).second);
  }
  return is_new;
}

absl::StatusOr<std::vector<HourCounts>> FakeVisitStore::Count(const std::vector<VenueHours>& list) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(TakeFailure());
  std::vector<HourCounts> counts(list.size(), HourCounts{});
  for (const auto& [key, sealed] : visits_) {
    const auto& [day, venue, hour, id] = key;
    for (size_t i = 0; i < list.size(); ++i) {
      if (list[i].day == day && list[i].venue == venue && list[i].Has(hour)) {
        ++counts[i].at(static_cast<size_t>(hour));
      }
    }
  }
  return counts;
}

absl::StatusOr<std::vector<uint32_t>> FakeVisitStore::CountDays(const VenueId& venue, Day first,
                                                                Day last) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(TakeFailure());
  std::vector<uint32_t> counts(static_cast<size_t>(last.value - first.value + 1), 0);
  for (const auto& [key, sealed] : visits_) {
    const auto& [day, visited, hour, id] = key;
    if (visited == venue && first <= day && day <= last)
      ++counts[static_cast<size_t>(day.value - first.value)];
  }
  return counts;
}

absl::StatusOr<std::vector<Visit>> FakeVisitStore::Read(const VenueHours& where,
                                                        const std::optional<VisitCursor>& after,
                                                        int limit) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(TakeFailure());
  std::vector<Visit> page;
  for (const auto& [key, sealed] : visits_) {
    const auto& [day, venue, hour, id] = key;
    if (day != where.day || venue != where.venue || !where.Has(hour)) continue;
    if (after.has_value() && std::tie(hour, id) <= std::tie(after->hour, after->id)) continue;
    if (page.size() == static_cast<size_t>(limit)) break;
    page.push_back({.id = id, .day = day, .hour = hour, .venue = venue, .sealed = sealed});
  }
  return page;
}

absl::StatusOr<std::vector<Visit>> FakeVisitStore::Scan(Day day,
                                                        const std::optional<VisitCursor>& after,
                                                        int limit) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(TakeFailure());
  std::vector<Visit> page;
  for (const auto& [key, sealed] : visits_) {
    const auto& [row_day, venue, hour, id] = key;
    if (row_day != day) continue;
    if (after.has_value() &&
        std::tie(venue, hour, id) <= std::tie(after->venue, after->hour, after->id)) {
      continue;
    }
    if (page.size() == static_cast<size_t>(limit)) break;
    page.push_back({.id = id, .day = day, .hour = hour, .venue = venue});
  }
  return page;
}

absl::Status FakeVisitStore::EnsureDay(Day day) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(TakeFailure());
  days_.insert(day);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Day>> FakeVisitStore::Days() {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(TakeFailure());
  return std::vector<Day>(days_.begin(), days_.end());
}

absl::Status FakeVisitStore::DropDay(Day day) {
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(TakeFailure());
  days_.erase(day);
  std::erase_if(visits_, [day](const auto& entry) { return std::get<Day>(entry.first) == day; });
  return absl::OkStatus();
}

}  // namespace oshirase::checkin
