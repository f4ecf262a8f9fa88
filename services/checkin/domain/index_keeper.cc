#include "services/checkin/domain/index_keeper.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "common/status/macros.h"

namespace oshirase::checkin {
namespace {

constexpr int kPage = 5000;

// The newest days of the store: tomorrow, today and yesterday, where visits are still recorded.
constexpr size_t kRecordedDays = 3;

}  // namespace

IndexKeeper::IndexKeeper(VisitStore& store, DayIndex& index, IndexHealth& health,
                         std::function<bool()> should_stop)
    : store_(store), index_(index), health_(health), should_stop_(std::move(should_stop)) {}

absl::Status IndexKeeper::Tend() {
  ASSIGN_OR_RETURN(auto days, store_.Days());
  std::sort(days.rbegin(), days.rend());
  if (first_) {
    for (size_t i = 0; i < std::min(days.size(), kRecordedDays); ++i) health_.MarkShort(days[i]);
    first_ = false;
  }
  for (const Day day : health_.short_days()) RETURN_IF_ERROR(index_.MarkBroken(day));

  ASSIGN_OR_RETURN(const auto marked, index_.WholeDays());
  std::set<Day> whole;
  for (const Day day : marked) {
    if (std::find(days.begin(), days.end(), day) != days.end()) {
      whole.insert(day);
    } else {
      RETURN_IF_ERROR(index_.MarkBroken(day));  // a day that has ended
    }
  }
  whole_days_ = static_cast<int64_t>(whole.size());
  for (const Day day : days) {
    if (whole.contains(day)) continue;
    if (should_stop_()) return absl::OkStatus();
    RETURN_IF_ERROR(Rebuild(day));
    ++whole_days_;
  }
  return absl::OkStatus();
}

absl::Status IndexKeeper::Rebuild(Day day) {
  // Before reading: a write that fails meanwhile is noted again, and the day rebuilt once more.
  health_.Clear(day);
  RETURN_IF_ERROR(index_.MarkBroken(day));
  std::optional<VisitCursor> cursor;
  while (!should_stop_()) {
    auto page = store_.Scan(day, cursor, kPage);
    auto status = page.status();
    if (status.ok() && !page->empty()) status = index_.Add(*page);
    if (!status.ok()) {
      health_.MarkShort(day);
      return status;
    }
    visits_added_ += static_cast<int64_t>(page->size());
    if (page->size() < kPage) return index_.MarkWhole(day);
    const auto& last = page->back();
    cursor = VisitCursor{.venue = last.venue, .hour = last.hour, .id = last.id};
  }
  health_.MarkShort(day);
  return absl::OkStatus();
}

}  // namespace oshirase::checkin
