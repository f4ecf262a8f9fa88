// Opens both locks of the visits of one case, and keeps the people who were exposed. Holds the
// outer keys and the ids only as long as it lives; memory grows with people, not with visits.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/crypto/outer_seal.h"
#include "common/crypto/secret.h"
#include "common/ids/line_user_id.h"
#include "services/notifier/domain/checkin_client.h"
#include "services/notifier/domain/exposure.h"
#include "services/notifier/domain/registry_client.h"

namespace oshirase::notifier {

// The inner key of a day. Returns, by reason, KEY_LOST, KEY_DESTROYED or KEY_NOT_MADE, and
// UNAVAILABLE when the keyring cannot be read now.
using InnerKeyFinder = std::function<absl::StatusOr<crypto::SharedKey>(Day day)>;

struct OpeningFigures {
  int64_t rows = 0;
  int64_t undone = 0;      // taken back by the visitor
  int64_t ignored = 0;     // do not open, or hold a time that is not in their day and hour
  int64_t unreadable = 0;  // of an hour or day whose outer or inner key is gone
};

// Not thread-safe.
class VisitOpener {
 public:
  VisitOpener(std::vector<Exposure> exposures, Release release, InnerKeyFinder inner_keys);

  // Returns FAILED_PRECONDITION RELEASE_INCOMPLETE when nothing was released at all. An hour
  // without its key is no reason to stop: the key of its day is gone for good, and the people of
  // the other hours must hear.
  absl::Status CheckNotEmpty() const;

  // Opens one page of rows. Returns UNAVAILABLE when the keyring cannot be read now; a row that
  // cannot be opened is counted, never a failure.
  absl::Status Open(const std::vector<SealedVisit>& page);

  const OpeningFigures& figures() const { return figures_; }

  // The exposed, each once, sorted, so that nothing tells in which order they came.
  std::vector<ids::LineUserId> TakeExposed();

 private:
  using VenueHour = std::tuple<VenueId, Day, int>;

  absl::Status OpenOne(const SealedVisit& visit);
  // The inner key of `day`; null when it is gone for good.
  absl::StatusOr<crypto::SharedKey> InnerKeyOf(Day day);
  bool IsExposedAt(const VenueId& venue_id, const VisitTimes& times) const;

  absl::flat_hash_map<VenueId, std::vector<Exposure>> exposures_;
  absl::flat_hash_map<VenueHour, std::unique_ptr<crypto::OuterOpener>> openers_;
  const InnerKeyFinder inner_keys_;
  absl::flat_hash_map<Day, crypto::SharedKey> keys_of_days_;
  absl::flat_hash_set<ids::LineUserId> exposed_;
  OpeningFigures figures_;
};

}  // namespace oshirase::notifier
