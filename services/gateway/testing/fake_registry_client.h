// A RegistryClient in memory.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/backends/registry_client.h"

namespace oshirase::gateway {

// Thread-safe.
class FakeRegistryClient : public RegistryClient {
 public:
  void LookupVenueCode(const ids::VenueCode& code, const CallContext& call,
                       VenueDone done) override;
  // Names what Replace() has changed.
  absl::StatusOr<CodeChanges> ListCodeChanges(const std::string& cursor,
                                              const CallContext& call) override;

  // Makes `venue` known under a new code; fills in its id.
  ids::VenueCode Add(Venue venue);
  // Likewise under `code`.
  void AddAs(const ids::VenueCode& code, Venue venue);
  // Who asks for changes since earlier ones is told that everything may have changed.
  void ForgetChanges();
  // Changes the venue behind a code, or makes the code unknown.
  void Replace(const ids::VenueCode& code, std::optional<Venue> venue);

  // The next call is answered with `status`.
  void FailNext(absl::Status status);
  // All calls fail with `status` until OK is given.
  void FailAll(absl::Status status);
  // From now on lookups wait for Release().
  void Hold();
  void Release();

  int lookups() const;

 private:
  absl::Status TakeFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  absl::Status next_ ABSL_GUARDED_BY(mutex_);
  absl::Status all_ ABSL_GUARDED_BY(mutex_);
  bool holding_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::function<void()>> held_ ABSL_GUARDED_BY(mutex_);
  int lookups_ ABSL_GUARDED_BY(mutex_) = 0;
  int lost_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<std::string> changes_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Venue> venues_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway
