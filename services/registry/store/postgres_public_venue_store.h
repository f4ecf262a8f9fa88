// What anybody may know of venues and certificates, out of Postgres, schema registry.
#pragma once

#include <string>
#include <utility>

#include "common/postgres/pool.h"
#include "services/registry/domain/public_venue_store.h"

namespace oshirase::registry {

// Thread-safe.
class PostgresPublicVenueStore final : public PublicVenueStore {
 public:
  // `pool` must outlive it. Venues that are read wait in nameless files in `temp_directory`.
  PostgresPublicVenueStore(postgres::Pool& pool, std::string temp_directory)
      : pool_(pool), temp_directory_(std::move(temp_directory)) {}

  absl::StatusOr<std::optional<PublishedCertificate>> FindCertificate(
      const std::string& number) override;
  absl::StatusOr<ListedMatches> Search(const ListedQuery& query) override;
  absl::Status ReadListed(size_t batch, TakeListedVenues take) override;

 private:
  postgres::Pool& pool_;
  const std::string temp_directory_;
};

}  // namespace oshirase::registry
