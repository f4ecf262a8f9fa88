// An OwnVenueStore in memory that can be told to fail. It shows nothing about durability, nor what
// two processes do at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/registry/domain/own_venue_store.h"
#include "services/registry/testing/fake_register.h"

namespace oshirase::registry {

// Thread-safe.
class FakeOwnVenueStore final : public OwnVenueStore {
 public:
  // `shared` must outlive it.
  explicit FakeOwnVenueStore(FakeRegister& shared) : register_(shared) {}

  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status) { failures_.Push(std::move(status)); }

  absl::StatusOr<LinkedVenue> AddByLink(const LinkedAddition& linked) override;
  absl::StatusOr<UpdatedVenue> Update(const VenueUpdate& update) override;
  absl::StatusOr<int> AddBatch(const VenueBatch& batch) override;
  absl::StatusOr<std::optional<int>> FindBatch(const std::string& request_id,
                                               const BusinessId& business_id) override;
  absl::StatusOr<std::vector<crypto::Digest>> FindTwins(
      const BusinessId& business_id, const std::vector<crypto::Digest>& keys) override;
  absl::StatusOr<OwnVenue> SetOwnState(const OwnStateChange& change) override;
  absl::StatusOr<std::optional<OwnVenue>> Find(const VenueId& id,
                                               const BusinessId& business_id) override;
  absl::StatusOr<std::optional<OwnVenue>> FindByCertificate(const std::string& number) override;
  absl::StatusOr<std::vector<OwnVenue>> List(const BusinessId& business_id,
                                             const std::optional<VenueCursor>& after,
                                             int limit) override;

 private:
  Venue* FindOwn(const VenueId& id, const BusinessId& business_id)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(register_.mu);

  FakeRegister& register_;
  FailureQueue failures_;
};

}  // namespace oshirase::registry
