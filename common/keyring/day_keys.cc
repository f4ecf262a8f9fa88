#include "common/keyring/day_keys.h"

#include <utility>

#include "common/status/errors.h"
#include "common/status/macros.h"

namespace oshirase::keyring {

DayKeys::DayKeys(Keyring& keyring, std::string purpose)
    : keyring_(keyring), purpose_(std::move(purpose)) {}

absl::Status DayKeys::EnsureDays(Day from, Day to) {
  absl::Status first_loss;
  absl::Status first_failure;
  for (Day day = from; day <= to; ++day) {
    const absl::Status made = keyring_.Make(DayKeyName(purpose_, day)).status();
    const std::string reason = ReasonOf(made);
    if (reason == kKeyLost) {
      first_loss.Update(made);
    } else if (reason != kKeyDestroyed) {
      first_failure.Update(made);
    }
  }
  first_failure.Update(first_loss);
  return first_failure;
}

absl::StatusOr<crypto::SharedKey> DayKeys::Get(Day day) const {
  return keyring_.Get(DayKeyName(purpose_, day));
}

DayKeys::Ended DayKeys::DestroyThrough(Day last) {
  Ended ended;
  const auto add = [&ended](const std::string& label) {
    if (const auto day = DayOfLabel(label)) ended.days.push_back(*day);
  };

  const auto living = keyring_.LivingLabels(purpose_);
  ended.status.Update(living.status());
  if (living.ok()) {
    for (const std::string& label : *living) {
      const auto day = DayOfLabel(label);
      if (!day.has_value() || *day > last) continue;
      const absl::Status destroyed = keyring_.Destroy({purpose_, label});
      ended.status.Update(destroyed);
      if (destroyed.ok()) add(label);
    }
  }

  const auto returned = keyring_.EraseReturned(purpose_);
  ended.status.Update(returned.status());
  if (returned.ok()) {
    for (const std::string& label : *returned) add(label);
  }
  return ended;
}

absl::StatusOr<std::vector<Day>> DayKeys::LostDays() const {
  ASSIGN_OR_RETURN(const std::vector<std::string> labels, keyring_.LostLabels(purpose_));
  std::vector<Day> days;
  for (const std::string& label : labels) {
    if (const auto day = DayOfLabel(label)) days.push_back(*day);
  }
  return days;
}

absl::Status DayKeys::ReplaceLost(Day day) {
  return keyring_.ReplaceLost(DayKeyName(purpose_, day));
}

}  // namespace oshirase::keyring
