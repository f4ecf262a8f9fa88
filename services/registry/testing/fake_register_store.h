// A RegisterStore in memory that can be told to fail. It searches by scanning, so it cannot show
// whether an index is used, and an export sees the moment at which it began only because it copies
// it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/registry/domain/register_store.h"
#include "services/registry/testing/fake_register.h"

namespace oshirase::registry {

// Thread-safe.
class FakeRegisterStore final : public RegisterStore {
 public:
  // `shared` must outlive it.
  explicit FakeRegisterStore(FakeRegister& shared) : register_(shared) {}

  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status) { failures_.Push(std::move(status)); }

  absl::StatusOr<std::vector<RegisterEntry>> Search(const RegisterFilter& filter,
                                                    const std::optional<VenueCursor>& after,
                                                    int limit) override;
  absl::StatusOr<std::optional<OwnVenue>> FindVenue(const VenueId& id) override;
  absl::StatusOr<std::optional<EntryFile>> ReadFile(const VenueId& id) override;
  absl::StatusOr<RegisterCounts> Count() override;
  absl::Status Export(const RegisterFilter& filter, const ExportSink& sink) override;

 private:
  RegisterEntry EntryOf(const Venue& venue) ABSL_EXCLUSIVE_LOCKS_REQUIRED(register_.mu);
  // Newest first.
  std::vector<RegisterEntry> Find(const RegisterFilter& filter)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(register_.mu);

  FakeRegister& register_;
  FailureQueue failures_;
};

}  // namespace oshirase::registry
