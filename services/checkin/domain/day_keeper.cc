#include "services/checkin/domain/day_keeper.h"

#include <utility>

#include "common/status/macros.h"

namespace oshirase::checkin {

DayKeeper::DayKeeper(VisitStore& store, Clock clock, int retention_days)
    : store_(store), clock_(std::move(clock)), retention_days_(retention_days) {}

absl::Status DayKeeper::Tend() {
  const Day today = DayOf(clock_());
  for (Day day = today - 1; day <= today + 1; ++day) RETURN_IF_ERROR(store_.EnsureDay(day));
  ASSIGN_OR_RETURN(const auto days, store_.Days());
  for (const Day day : days) {
    if (day < today - retention_days_) RETURN_IF_ERROR(store_.DropDay(day));
  }
  return absl::OkStatus();
}

}  // namespace oshirase::checkin
