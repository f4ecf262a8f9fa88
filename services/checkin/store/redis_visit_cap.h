// The cap on visits in Redis: a set `cap:{2020-12-01}:<person tag>` of event tags.
#pragma once

#include <vector>

#include "common/redis/client.h"
#include "common/time/clock.h"
#include "services/checkin/domain/visit_cap.h"

namespace oshirase::checkin {

// Thread-safe.
class RedisVisitCap final : public VisitCap {
 public:
  // `client` must outlive the cap.
  RedisVisitCap(redis::Client& client, Clock clock);

  absl::StatusOr<std::vector<bool>> Admit(const std::vector<Admission>& admissions) override;

 private:
  redis::Client& client_;
  const Clock clock_;
  const redis::Script script_;
};

}  // namespace oshirase::checkin
