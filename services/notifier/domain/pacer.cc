#include "services/notifier/domain/pacer.h"

#include <algorithm>

namespace oshirase::notifier {

Pacer::Pacer(double rate, int burst, absl::Time now)
    : interval_(absl::Seconds(1) / rate),
      burst_length_(interval_ * (std::max(burst, 1) - 1)),
      next_(now - burst_length_) {}

absl::Duration Pacer::Reserve(absl::Time now) {
  absl::MutexLock lock(&mu_);
  next_ = std::max({next_, now - burst_length_, held_until_});
  const absl::Duration wait = std::max(next_ - now, absl::ZeroDuration());
  next_ += interval_;
  return wait;
}

void Pacer::HoldBack(absl::Time now, absl::Duration pause) {
  absl::MutexLock lock(&mu_);
  held_until_ = std::max(held_until_, now + pause);
}

}  // namespace oshirase::notifier
