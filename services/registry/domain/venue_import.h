// Registering many venues of one business at once, all or none.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/registry/domain/venue_keeper.h"

namespace oshirase::registry {

struct ImportRequest {
  std::string request_id;
  bool check_only = false;
  std::vector<VenueDetails> rows;
};

// Thread-safe.
class VenueImport {
 public:
  static constexpr size_t kMaxRows = 5000;
  static constexpr size_t kMaxViolations = 1000;

  explicit VenueImport(VenueKeeperParts parts) : parts_(std::move(parts)) {}

  // Registers the venues, each with its certificate, and mails a summary; or only checks them.
  // Returns how many they are. Idempotent in the request id.
  // Returns VENUE_INVALID and fills `violations` (fields "rows[i].name", at most kMaxViolations)
  // when anything is wrong with any of them; REQUEST_ID_REUSED; UNAVAILABLE.
  absl::StatusOr<int> Import(const Holder& holder, ImportRequest request,
                             FieldViolations& violations);

 private:
  absl::StatusOr<FieldViolations> Check(const Holder& holder, std::vector<VenueDetails>& rows);
  absl::StatusOr<FieldViolations> CheckParents(const Holder& holder,
                                               const std::vector<VenueDetails>& rows);
  absl::StatusOr<FieldViolations> CheckTwins(const Holder& holder,
                                             const std::vector<VenueDetails>& rows);

  const VenueKeeperParts parts_;
};

}  // namespace oshirase::registry
