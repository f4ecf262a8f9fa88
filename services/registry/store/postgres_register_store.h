// The register as its desk reads it, in Postgres, schema registry.
#pragma once

#include "common/postgres/pool.h"
#include "services/registry/domain/register_store.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresRegisterStore final : public RegisterStore {
 public:
  // Both must outlive it. An export holds a connection of `exports` for as long as its reader
  // takes, which must not be one that everybody else waits for: it has a pool of its own, with a
  // hold_limit that suits.
  PostgresRegisterStore(postgres::Pool& pool, postgres::Pool& exports)
      : pool_(pool), exports_(exports) {}

  absl::StatusOr<std::vector<RegisterEntry>> Search(const RegisterFilter& filter,
                                                    const std::optional<VenueCursor>& after,
                                                    int limit) override;
  absl::StatusOr<std::optional<OwnVenue>> FindVenue(const VenueId& id) override;
  absl::StatusOr<std::optional<EntryFile>> ReadFile(const VenueId& id) override;
  absl::StatusOr<RegisterCounts> Count() override;
  absl::Status Export(const RegisterFilter& filter, const ExportSink& sink) override;

 private:
  postgres::Pool& pool_;
  postgres::Pool& exports_;
};

}  // namespace oshirase::registry
