// A VenueStore in memory that can be told to fail. It searches by scanning, so it cannot show
// whether an index is used, nor what two processes do at once.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/registry/domain/venue_store.h"
#include "services/registry/testing/fake_register.h"

namespace oshirase::registry {

// Thread-safe.
class FakeVenueStore final : public VenueStore {
 public:
  // Over a register of its own; notes go to `audit`, which must outlive it.
  explicit FakeVenueStore(FakeAuditStore& audit);

  // Over a register that other fakes share; it must outlive this one.
  explicit FakeVenueStore(FakeRegister& shared) : register_(shared) {}

  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status) { failures_.Push(std::move(status)); }

  FakeRegister& shared() { return register_; }

  absl::StatusOr<Venue> Insert(const VenueAddition& addition) override;
  absl::StatusOr<std::optional<Venue>> FindByCode(const std::string& code, absl::Time now) override;
  absl::StatusOr<std::optional<Venue>> FindByAnyCode(const std::string& code) override;
  absl::StatusOr<std::vector<Venue>> BatchGet(const std::vector<VenueId>& ids) override;
  absl::StatusOr<std::vector<Venue>> Search(const VenueQuery& query) override;
  absl::StatusOr<Venue> ReplaceCode(const CodeReplacement& replacement,
                                    const AuditNote& note) override;
  absl::StatusOr<Venue> SetState(const StateChange& change) override;

 private:
  const std::unique_ptr<FakeRegister> own_;  // null over a shared one
  FakeRegister& register_;
  FailureQueue failures_;
};

}  // namespace oshirase::registry
