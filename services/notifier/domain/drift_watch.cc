#include "services/notifier/domain/drift_watch.h"

#include <utility>

#include "common/log/log.h"

namespace oshirase::notifier {

DriftWatch::DriftWatch(Parts parts) : parts_(std::move(parts)) {}

void DriftWatch::Look() {
  const absl::Time before = parts_.clock();
  const auto theirs = parts_.database_time();
  const absl::Time after = parts_.clock();
  if (!theirs.ok()) return;
  // Somewhere between the two the database looked at its clock.
  absl::Duration ahead;
  if (*theirs > after) ahead = *theirs - after;
  if (*theirs < before) ahead = *theirs - before;
  parts_.on_measured(ahead);
  if (absl::AbsDuration(ahead) <= kToleratedDrift) return;
  LogWarning("the database's clock is not this machine's",
             {{"seconds_ahead", absl::ToInt64Seconds(ahead)}});
}

}  // namespace oshirase::notifier
