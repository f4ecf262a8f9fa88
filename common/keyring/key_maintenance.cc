#include "common/keyring/key_maintenance.h"

#include <algorithm>

#include "common/status/errors.h"

namespace oshirase::keyring {
namespace {

// Ends, makes and looks for losses. True when the days' keys can be used as far as not lost.
bool Maintain(Day today, const DayKeyLife& life, KeyMaintenanceReport& report) {
  const std::string& purpose = life.keys->purpose();
  const Day last_ended = LastEndedDay(today, life.days_kept);
  const auto ended = life.keys->DestroyThrough(last_ended);
  for (const Day day : ended.days) report.destroyed.push_back({purpose, day});
  if (!ended.status.ok()) report.failures.push_back(ended.status);

  const absl::Status made = life.keys->EnsureDays(std::max(today - 1, last_ended + 1), today + 1);
  const bool usable = made.ok() || ReasonOf(made) == kKeyLost;
  if (!usable) report.failures.push_back(made);

  const auto lost = life.keys->LostDays();
  if (!lost.ok()) report.failures.push_back(lost.status());
  if (lost.ok()) {
    for (const Day day : *lost) report.lost.push_back({purpose, day});
  }
  return usable;
}

}  // namespace

Day LastEndedDay(Day today, int days_kept) { return today - days_kept - 1; }

KeyMaintenanceReport MaintainDayKeys(const Clock& clock, std::span<const DayKeyLife> lives) {
  const Day today = DayOf(clock());
  KeyMaintenanceReport report;
  report.ready = true;
  for (const DayKeyLife& life : lives) {
    report.ready = Maintain(today, life, report) && report.ready;
  }
  return report;
}

}  // namespace oshirase::keyring
