// Where visits are kept: the truth. Implemented by PostgresVisitStore, and by a fake for tests;
// both pass the cases in testing/visit_store_contract.h.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/checkin/domain/visit.h"

namespace oshirase::checkin {

// The place after which a page of visits begins.
struct VisitCursor {
  VenueId venue{};
  int hour = 0;
  VisitId id{};
};

// Thread-safe. Every method returns UNAVAILABLE when the database cannot be reached and
// DEADLINE_EXCEEDED when it was too slow.
class VisitStore {
 public:
  virtual ~VisitStore() = default;

  // Stores the visits whose ids are new and leaves the others as they are. For each, in order,
  // whether it was new; of two with one id the first is. All are durable when it returns OK.
  // Idempotent. The caller gives them in the order of their ids, so that their place on disk says
  // nothing about who came together.
  //
  // Returns UNAVAILABLE with reason COMMIT_IN_DOUBT when they may have been stored,
  // FAILED_PRECONDITION or INTERNAL when one of them cannot be stored: then none was.
  virtual absl::StatusOr<std::vector<bool>> Insert(const std::vector<Visit>& visits) = 0;

  // The number of rows of each element, by hour; undone ones count. Never falls while the day
  // lives.
  virtual absl::StatusOr<std::vector<HourCounts>> Count(const std::vector<VenueHours>& list) = 0;

  // The number of rows of a venue on each day from `first` to `last`, both included.
  virtual absl::StatusOr<std::vector<uint32_t>> CountDays(const VenueId& venue, Day first,
                                                          Day last) = 0;

  // Up to `limit` visits of `where`, by hour and id, after `after`.
  virtual absl::StatusOr<std::vector<Visit>> Read(const VenueHours& where,
                                                  const std::optional<VisitCursor>& after,
                                                  int limit) = 0;

  // Up to `limit` visits of a whole day by venue, hour and id, after `after`, without their seals.
  virtual absl::StatusOr<std::vector<Visit>> Scan(Day day, const std::optional<VisitCursor>& after,
                                                  int limit) = 0;

  // Makes room for a day's visits. Idempotent.
  virtual absl::Status EnsureDay(Day day) = 0;

  // The days that have room, in order.
  virtual absl::StatusOr<std::vector<Day>> Days() = 0;

  // Forgets a day's visits. Idempotent.
  virtual absl::Status DropDay(Day day) = 0;
};

}  // namespace oshirase::checkin
