// The officers as the notifier knows them: asked of the registry, remembered for 30 s, so that a
// revocation acts within that time and a busy console does not burden the registry.
#pragma once

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/server/officer_directory.h"
#include "common/time/clock.h"
#include "services/notifier/domain/registry_client.h"
#include "services/notifier/domain/statement.h"

namespace oshirase::notifier {

inline constexpr absl::Duration kOfficerCacheLife = absl::Seconds(30);

// Thread-safe.
class Officers final : public OfficerDirectory {
 public:
  // `registry` must outlive it.
  Officers(RegistryClient& registry, Clock clock);

  // The officer; one without roles when the registry knows nobody of that id.
  // Returns UNAVAILABLE when nothing fresh is remembered and the registry cannot be asked.
  absl::StatusOr<Officer> Find(const std::string& officer_id);

  absl::StatusOr<Roles> RolesOf(const std::string& officer_id) override;

  // Checks that `signature` was made by the officer who calls, who has a role for it, with one of
  // the officer's keys, at a time that `now` allows, over exactly these bytes. Drills may also be
  // signed with role drill.
  // Returns PERMISSION_DENIED SIGNATURE_INVALID otherwise, and UNAVAILABLE as Find does.
  struct SignedStatement {
    const std::string& bytes;
    bool drill = false;
  };
  absl::Status CheckSignature(const std::string& caller, const SignedStatement& statement,
                              const OfficerSignature& signature, absl::Time now);

 private:
  struct Remembered {
    Officer officer;
    absl::Time until;
  };

  RegistryClient& registry_;
  const Clock clock_;
  absl::Mutex mu_;
  absl::flat_hash_map<std::string, Remembered> remembered_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::notifier
