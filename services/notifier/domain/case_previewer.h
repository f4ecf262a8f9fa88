// "At most how many people would that reach?" Counts visits in the hours that would be opened, and
// tells them in buckets. Opens nothing.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/time/clock.h"
#include "services/notifier/domain/audit_trail.h"
#include "services/notifier/domain/bucket.h"
#include "services/notifier/domain/case_store.h"
#include "services/notifier/domain/checkin_client.h"
#include "services/notifier/domain/drill_fence.h"

namespace oshirase::notifier {

struct HourPreview {
  absl::Time start_time;
  Bucket visits = Bucket::k0To9;
};

struct ExposurePreview {
  VenueId venue_id;
  Bucket visits = Bucket::k0To9;
  std::vector<HourPreview> hours;
};

struct Preview {
  std::vector<ExposurePreview> exposures;  // in the order asked for
  Bucket visits = Bucket::k0To9;           // of all together, each visit once
  int signatures_needed = 2;
};

// Thread-safe.
class CasePreviewer {
 public:
  struct Parts {
    CaseStore& cases;
    CheckinClient& checkin;
    DrillFence& fence;
    AuditTrail& audit;
    StatementReader read_statement;
    Clock clock;
  };

  // The parts must outlive it. `retention_days`: how far back visits can be opened.
  CasePreviewer(Parts parts, int retention_days);

  // Previews exposures that are being entered. Audited before it answers. To an officer of whom
  // `drills_only` holds, real venues are refused.
  // Returns INVALID_ARGUMENT CASE_INVALID, PERMISSION_DENIED DRILL_MISMATCH, and UNAVAILABLE when
  // checkin, the registry or the database cannot be reached.
  absl::StatusOr<Preview> PreviewExposures(const std::string& officer_id,
                                           const std::vector<Exposure>& exposures,
                                           bool drills_only = false);

  // Previews a case that was entered. Returns NOT_FOUND CASE_NOT_FOUND too.
  absl::StatusOr<Preview> PreviewCase(const std::string& officer_id, const std::string& case_id);

  // How many visits the hours of `exposures` hold, at most.
  absl::StatusOr<int64_t> CountVisits(const std::vector<Exposure>& exposures);

 private:
  absl::StatusOr<Preview> Count(const std::vector<Exposure>& exposures);
  absl::Status Audit(const std::string& officer_id, const std::string& case_id,
                     const Preview& preview);

  Parts parts_;
  const int retention_days_;
};

}  // namespace oshirase::notifier
