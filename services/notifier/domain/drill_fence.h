// Keeps the identities of the daily drill to drills. An officer whom only the role drill lets in
// finds no real case, not even that there is one, and counts no visits of real venues.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/server/officer_directory.h"
#include "services/notifier/domain/audit_trail.h"
#include "services/notifier/domain/case_store.h"
#include "services/notifier/domain/exposure.h"
#include "services/notifier/domain/registry_client.h"

namespace oshirase::notifier {

// Thread-safe. Every method returns UNAVAILABLE when the officer, the venues or the case cannot be
// looked up.
class DrillFence {
 public:
  struct Parts {
    OfficerDirectory& officers;
    RegistryClient& registry;
    CaseStore& cases;
    AuditTrail& audit;
  };
  // Who wants to do something, and which roles permit it with real cases too.
  struct Visitor {
    const std::string& officer_id;
    Roles roles;
  };

  // The parts must outlive it.
  explicit DrillFence(Parts parts) : parts_(parts) {}

  // Whether only drills are for this officer, who has none of the roles.
  absl::StatusOr<bool> DrillsOnly(const Visitor& visitor);

  // Whether the officer may see this case. Returns NOT_FOUND CASE_NOT_FOUND, audited, when only
  // drills are for the officer and it is none.
  absl::Status CheckCase(const Visitor& visitor, const std::string& case_id);

  // Whether the officer may enter such a case. Returns PERMISSION_DENIED DRILLS_ONLY, audited, when
  // only drills are for the officer.
  absl::Status CheckEntry(const Visitor& visitor, bool drill);

  // Whether all venues are drill venues, as those of a drill must be; the registry refuses a drill
  // elsewhere too, but later. Returns PERMISSION_DENIED DRILL_MISMATCH.
  absl::Status CheckDrillVenues(const std::vector<Exposure>& exposures);

 private:
  Parts parts_;
};

}  // namespace oshirase::notifier
