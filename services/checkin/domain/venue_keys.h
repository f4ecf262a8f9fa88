// Keeps the public outer keys of venues in memory, so that check-in goes on while the registry
// restarts, and a venue costs one question a day.
#pragma once

#include <list>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "common/crypto/outer_keys.h"
#include "services/checkin/domain/venue_key_source.h"
#include "services/checkin/domain/visit.h"

namespace oshirase::checkin {

// Thread-safe. Holds at most `capacity` venue-days (some 850 bytes each); the longest unused goes
// first.
class VenueKeys {
 public:
  // `source` must outlive this.
  explicit VenueKeys(VenueKeySource& source, size_t capacity = 25000);

  // The key of a visit's venue and hour, if it is in memory.
  std::optional<crypto::PublicKey> Find(const Visit& visit);

  // Fetches what is missing for `visits`; a day or a request that fails leaves the others' alone.
  // Returns the last failure, or OK.
  absl::Status Fetch(const std::vector<const Visit*>& visits);

 private:
  struct VenueDay {
    VenueId venue{};
    Day day;
    friend bool operator==(const VenueDay&, const VenueDay&) = default;
    template <typename H>
    friend H AbslHashValue(H state, const VenueDay& key) {
      return H::combine(std::move(state), key.venue, key.day);
    }
  };
  struct Entry {
    std::string keys;
    std::list<VenueDay>::iterator use;
  };

  std::vector<VenueDay> Missing(const std::vector<const Visit*>& visits);
  void Keep(const VenueDay& venue_day, std::string keys);

  VenueKeySource& source_;
  const size_t capacity_;
  absl::Mutex mu_;
  std::list<VenueDay> uses_ ABSL_GUARDED_BY(mu_);  // most recent first
  absl::flat_hash_map<VenueDay, Entry> entries_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::checkin
