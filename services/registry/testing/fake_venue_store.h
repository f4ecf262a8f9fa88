// A VenueStore in memory that can be told to fail. It searches by scanning, so it cannot show
// whether an index is used, nor what two processes do at once.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/registry/domain/venue_store.h"
#include "services/registry/testing/fake_audit_store.h"

namespace oshirase::registry {

// Thread-safe.
class FakeVenueStore final : public VenueStore {
 public:
  // Notes go to `audit`, which must outlive it.
  explicit FakeVenueStore(FakeAuditStore& audit) : audit_(audit) {}

  // The next call returns `status` and does nothing else. Several queue up.
  void FailNext(absl::Status status);

  absl::StatusOr<Venue> Insert(const Venue& venue, const std::string& request_id,
                               const AuditNote& note) override;
  absl::StatusOr<std::optional<Venue>> FindByCode(const std::string& code, absl::Time now) override;
  absl::StatusOr<std::optional<Venue>> FindByAnyCode(const std::string& code) override;
  absl::StatusOr<std::vector<Venue>> BatchGet(const std::vector<VenueId>& ids) override;
  absl::StatusOr<std::vector<Venue>> Search(const VenueQuery& query) override;
  absl::StatusOr<Venue> ReplaceCode(const CodeReplacement& replacement,
                                    const AuditNote& note) override;
  absl::StatusOr<Venue> SetState(const VenueId& id, VenueState state,
                                 const AuditNote& note) override;

 private:
  struct Code {
    VenueId venue_id;
    absl::Time end = absl::InfiniteFuture();
  };

  absl::Status NextFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  FakeAuditStore& audit_;
  absl::Mutex mu_;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
  std::map<VenueId, Venue> venues_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, Code> codes_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, VenueId> registrations_ ABSL_GUARDED_BY(mu_);  // by request id
  std::map<std::string, VenueId> requests_ ABSL_GUARDED_BY(mu_);  // those, and code replacements
};

}  // namespace oshirase::registry
