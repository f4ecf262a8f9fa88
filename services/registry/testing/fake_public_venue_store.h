// A PublicVenueStore in memory that can be told to fail. It searches by scanning and reads without
// a file, so it shows nothing about speed, memory or what changes meanwhile.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/registry/domain/public_venue_store.h"
#include "services/registry/testing/fake_register.h"

namespace oshirase::registry {

// Thread-safe.
class FakePublicVenueStore final : public PublicVenueStore {
 public:
  // `shared` must outlive it.
  explicit FakePublicVenueStore(FakeRegister& shared) : register_(shared) {}

  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status) { failures_.Push(std::move(status)); }

  absl::StatusOr<std::optional<PublishedCertificate>> FindCertificate(
      const std::string& number) override;
  absl::StatusOr<ListedMatches> Search(const ListedQuery& query) override;
  absl::Status ReadListed(size_t batch, TakeListedVenues take) override;

 private:
  // All that are listed, by id.
  std::vector<ListedVenue> Listed() ABSL_EXCLUSIVE_LOCKS_REQUIRED(register_.mu);

  FakeRegister& register_;
  FailureQueue failures_;
};

}  // namespace oshirase::registry
