#include "services/checkin/housekeeping.h"

#include "common/log/log.h"

namespace oshirase::checkin {
namespace {

// Often enough that tomorrow's partition exists long before midnight, and that a clock which jumps
// costs minutes, not a day.
constexpr absl::Duration kTendDays = absl::Minutes(1);

// How long a flushed index goes unnoticed.
constexpr absl::Duration kTendIndex = absl::Seconds(1);

}  // namespace

Housekeeping::Housekeeping(Parts parts, Metrics& metrics)
    : parts_(parts),
      index_keeper_(parts.store, parts.index, parts.index_health, [this] { return stopping(); }),
      waiting_(metrics.Gauge("oshirase_checkin_visits_waiting", "Visits waiting to be stored.")),
      whole_days_(metrics.Gauge("oshirase_checkin_index_whole_days",
                                "Days that the index can be counted by.")),
      rebuilt_(metrics.Counter("oshirase_checkin_index_rebuilt_visits_total",
                               "Visits added to the index by rebuilding it.")),
      index_reachable_(metrics.Gauge("oshirase_checkin_index_reachable",
                                     "1 when the last look at the index succeeded.")) {
  days_thread_ = std::thread([this] { TendDays(); });
  index_thread_ = std::thread([this] { TendIndex(); });
}

Housekeeping::~Housekeeping() {
  {
    absl::MutexLock lock(&mu_);
    stopping_ = true;
  }
  days_thread_.join();
  index_thread_.join();
}

bool Housekeeping::Sleep(absl::Duration duration) {
  absl::MutexLock lock(&mu_);
  return !mu_.AwaitWithTimeout(absl::Condition(&stopping_), duration);
}

bool Housekeeping::stopping() {
  absl::MutexLock lock(&mu_);
  return stopping_;
}

void Housekeeping::TendDays() {
  while (Sleep(kTendDays)) {
    const auto status = parts_.days.Tend();
    if (!status.ok()) {
      LogError("days could not be tended", {{"code", absl::StatusCodeToString(status.code())}});
    }
  }
}

void Housekeeping::TendIndex() {
  bool reachable = true;
  do {
    const auto added = index_keeper_.visits_added();
    const auto status = index_keeper_.Tend();
    const auto rebuilt = index_keeper_.visits_added() - added;
    if (rebuilt > 0) LogInfo("index rebuilt", {{"visits", rebuilt}});
    if (status.ok() != reachable) {
      reachable = status.ok();
      if (reachable) {
        LogInfo("index reachable again");
      } else {
        LogWarning("index not reachable: counting by rows",
                   {{"code", absl::StatusCodeToString(status.code())}});
      }
    }
    rebuilt_.Increment(static_cast<double>(rebuilt));
    whole_days_.Set(static_cast<double>(index_keeper_.whole_days()));
    index_reachable_.Set(reachable ? 1 : 0);
    waiting_.Set(static_cast<double>(parts_.recorder.waiting()));
  } while (Sleep(kTendIndex));
}

}  // namespace oshirase::checkin
