// Visits in Postgres, one partition a day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/postgres/pool.h"
#include "services/checkin/domain/visit_store.h"

namespace oshirase::checkin {

// Thread-safe.
class PostgresVisitStore final : public VisitStore {
 public:
  // `pool` must outlive the store, and its connections be set up by PrepareStatements.
  explicit PostgresVisitStore(postgres::Pool& pool) : pool_(pool) {}

  static void PrepareStatements(pqxx::connection_base& connection);

  absl::StatusOr<std::vector<bool>> Insert(const std::vector<Visit>& visits) override;
  absl::StatusOr<std::vector<HourCounts>> Count(const std::vector<VenueHours>& list) override;
  absl::StatusOr<std::vector<uint32_t>> CountDays(const VenueId& venue, Day first,
                                                  Day last) override;
  absl::StatusOr<std::vector<Visit>> Read(const VenueHours& where,
                                          const std::optional<VisitCursor>& after,
                                          int limit) override;
  absl::StatusOr<std::vector<Visit>> Scan(Day day, const std::optional<VisitCursor>& after,
                                          int limit) override;
  absl::Status EnsureDay(Day day) override;
  absl::StatusOr<std::vector<Day>> Days() override;
  absl::Status DropDay(Day day) override;

 private:
  postgres::Pool& pool_;
};

}  // namespace oshirase::checkin
