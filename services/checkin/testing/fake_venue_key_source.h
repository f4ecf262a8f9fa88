// A VenueKeySource that derives real keys from a fixed seed, and can be told to fail.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/crypto/outer_keys.h"
#include "services/checkin/domain/venue_key_source.h"

namespace oshirase::checkin {

class FakeVenueKeySource final : public VenueKeySource {
 public:
  // The next call returns `status` and does nothing else.
  void FailNext(absl::Status status) {
    absl::MutexLock lock(&mu_);
    failures_.push_back(std::move(status));
  }

  int calls() const {
    absl::MutexLock lock(&mu_);
    return calls_;
  }

  // The private side, for opening what was sealed.
  crypto::OuterKeyPair KeyPair(const Visit& visit) const {
    return crypto::DeriveOuterKeyPair(seed_, {visit.day, visit.venue, visit.hour});
  }

  absl::StatusOr<std::vector<std::string>> Fetch(Day day,
                                                 const std::vector<VenueId>& venues) override {
    absl::MutexLock lock(&mu_);
    ++calls_;
    if (!failures_.empty()) {
      auto failure = std::move(failures_.front());
      failures_.pop_front();
      return failure;
    }
    std::vector<std::string> keys;
    for (const auto& venue : venues) keys.push_back(crypto::DeriveVenueDayKeys(seed_, day, venue));
    return keys;
  }

 private:
  const crypto::SecretKey seed_ = crypto::SecretKey::Random();
  mutable absl::Mutex mu_;
  int calls_ ABSL_GUARDED_BY(mu_) = 0;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::checkin
