// An OfficerDirectory in memory. It cannot show how old a cached answer may be.
#pragma once

#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/server/officer_directory.h"

namespace oshirase {

// Thread-safe.
class FakeOfficerDirectory : public OfficerDirectory {
 public:
  absl::StatusOr<Roles> RolesOf(const std::string& officer_id) override;

  // From now on this officer has exactly these roles.
  void Enroll(const std::string& officer_id, Roles roles);

  // The next question is answered with `status`.
  void FailNext(absl::Status status);

 private:
  absl::Mutex mutex_;
  absl::Status next_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Roles> roles_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase
