// A ReissueStore in memory that can be told to fail. It locks as a whole, so it cannot show what
// two callers of one run do to each other.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "services/registry/domain/reissue_store.h"
#include "services/registry/testing/fake_register.h"

namespace oshirase::registry {

// Thread-safe.
class FakeReissueStore final : public ReissueStore {
 public:
  // `shared` must outlive it.
  explicit FakeReissueStore(FakeRegister& shared) : register_(shared) {}

  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status) { failures_.Push(std::move(status)); }

  absl::StatusOr<ReissueRun> Begin(const ReissueRun& run, const AuditNote& note) override;
  absl::StatusOr<ReissueProgress> Progress(const ReissueRun& run) override;
  absl::StatusOr<std::vector<OwnVenue>> Next(const ReissueRun& run,
                                             const std::optional<VenueId>& after,
                                             int limit) override;
  absl::StatusOr<BatchResult> Issue(const ReissueBatch& batch) override;

 private:
  struct Run {
    ReissueRun run;
    std::set<VenueId> done;
  };

  bool IsToBeDone(const Run& run, const Venue& venue) ABSL_EXCLUSIVE_LOCKS_REQUIRED(register_.mu);

  FakeRegister& register_;
  std::map<std::string, Run> runs_ ABSL_GUARDED_BY(register_.mu);
  FailureQueue failures_;
};

}  // namespace oshirase::registry
