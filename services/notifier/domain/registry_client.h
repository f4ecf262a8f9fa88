// What the notifier asks of the registry. Implemented over gRPC in clients/ and by a fake.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/secret.h"
#include "common/crypto/signing_key.h"
#include "common/server/officer_directory.h"
#include "common/time/japan_time.h"
#include "services/notifier/domain/exposure.h"
#include "services/notifier/domain/statement.h"

namespace oshirase::notifier {

// An officer; without roles once revoked.
struct Officer {
  std::string officer_id;
  Roles roles;
  std::vector<crypto::VerifyKey> keys;
};

// A venue as a message may name it, and whether it is one for drills.
struct NamedVenue {
  VenueId venue_id;
  std::string name;
  bool name_consent = false;
  bool drill = false;
};

struct ReleasedHour {
  VenueId venue_id;
  Day day{};
  int hour = 0;
  crypto::SecretKey private_key;
};

// The private outer keys of a case. Wiped when destroyed.
struct Release {
  std::vector<ReleasedHour> hours;
  absl::Time end_time;  // until when the same bytes are released again
};

struct ReleaseRequest {
  std::string case_id;
  std::string statement;
  std::vector<OfficerSignature> signatures;
};

// Thread-safe. Every method returns UNAVAILABLE REGISTRY_UNAVAILABLE when the registry cannot be
// asked; all of them can be repeated.
class RegistryClient {
 public:
  virtual ~RegistryClient() = default;

  // Returns NOT_FOUND OFFICER_NOT_FOUND.
  virtual absl::StatusOr<Officer> GetOfficer(const std::string& officer_id) = 0;

  // Unknown venues are left out.
  virtual absl::StatusOr<std::vector<NamedVenue>> GetVenues(const std::vector<VenueId>& ids) = 0;

  // Returns, with the registry's reason, PERMISSION_DENIED when a rule is broken,
  // INVALID_ARGUMENT, or FAILED_PRECONDITION when a day's key is gone.
  virtual absl::StatusOr<Release> ReleaseOuterKeys(const ReleaseRequest& request) = 0;

  // Returns PERMISSION_DENIED SIGNATURE_INVALID.
  virtual absl::Status VoidStatement(const crypto::Digest& statement,
                                     const OfficerSignature& signature) = 0;
};

}  // namespace oshirase::notifier
