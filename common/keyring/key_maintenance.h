// Making and ending day keys by the calendar: called by a service at start and from its own timer
// (hourly, and shortly after Japan's midnight), catching up after any downtime.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/keyring/day_keys.h"
#include "common/time/clock.h"

namespace oshirase::keyring {

// How long the keys of one purpose live.
struct DayKeyLife {
  DayKeys* keys = nullptr;
  // The key of a day lives until the day so many days later is over: 1 for tag keys, the retention
  // (21) for seeds and inner keys.
  int days_kept = 0;
};

// The last day whose keys have ended when `today` is the day in Japan. Partitions of these days can
// go too.
Day LastEndedDay(Day today, int days_kept);

struct KeyMaintenanceReport {
  struct DayOfPurpose {
    std::string purpose;
    Day day{};
  };
  std::vector<DayOfPurpose> destroyed;  // ended by this call, or erased again after being put back
  std::vector<DayOfPurpose> lost;       // raise an alarm for each; they need an operator
  std::vector<absl::Status> failures;   // everything else that went wrong; the next call goes on
  // Whether the keys of yesterday, today and tomorrow can be used, as far as they are not lost.
  bool ready = false;
};

// Ends what is over, then makes the keys from yesterday to tomorrow, for each life. Ending comes
// first, so that a key erased by a call that died before marking it is not taken for lost. A
// failure with one day or purpose never stops the others. Idempotent.
KeyMaintenanceReport MaintainDayKeys(const Clock& clock, std::span<const DayKeyLife> lives);

}  // namespace oshirase::keyring
