// A BulkClient in memory, over the venues of a FakeBusinessClient: imports add to them, and each
// question after a bundle finds one document more drawn. It cannot show the registry's own checks.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/backends/bulk_client.h"
#include "services/gateway/testing/fake_business_client.h"

namespace oshirase::gateway {

// Thread-safe.
class FakeBulkClient : public BulkClient {
 public:
  // `business` must outlive this.
  explicit FakeBulkClient(FakeBusinessClient& business) : business_(business) {}

  absl::StatusOr<ImportResult> ImportVenues(const Credential& credential, const VenueImport& import,
                                            const CallContext& call) override;
  absl::StatusOr<std::string> StartBundle(const Credential& credential, Document document,
                                          BundleFormat format, const CallContext& call) override;
  absl::StatusOr<Bundle> GetBundle(const Credential& credential, const std::string& bundle_id,
                                   const CallContext& call) override;
  absl::StatusOr<PieceReader> ReadBundle(const Credential& credential, const std::string& bundle_id,
                                         const CallContext& call) override;

  // The next call is answered with `status`.
  void FailNext(absl::Status status);
  // The next import is refused for these reasons.
  void RefuseNext(std::vector<ImportProblem> problems);
  // Reading breaks off after the first piece.
  void BreakReading();
  // All bundles fail.
  void FailBundles();

  // The imports so far, checks included.
  std::vector<VenueImport> imports() const;

 private:
  absl::Status TakeFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  FakeBusinessClient& business_;
  mutable absl::Mutex mutex_;
  absl::Status next_ ABSL_GUARDED_BY(mutex_);
  std::vector<ImportProblem> problems_ ABSL_GUARDED_BY(mutex_);
  bool breaking_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<VenueImport> imports_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Bundle> bundles_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway
