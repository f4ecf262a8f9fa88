// Issues the next certificate to every open venue, as after a change of the sheet's layout or of
// the catalogue. No sheet is drawn: that is done when it is asked for or mailed.
#pragma once

#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "common/time/clock.h"
#include "services/registry/domain/certificate_maker.h"
#include "services/registry/domain/reissue_store.h"

namespace oshirase::registry {

struct ReissueRequest {
  std::string run_id;
  std::string reason;
  bool mail = false;
  std::string actor;
};

// Thread-safe.
class Reissue {
 public:
  // A batch is one transaction, and what may have to be done again after a crash.
  static constexpr int kBatch = 250;

  // All must outlive it.
  Reissue(ReissueStore& store, const CertificateMaker& certificates, Clock clock)
      : store_(store), certificates_(certificates), clock_(std::move(clock)) {}

  // Goes through with the run, or on with it, telling `on_progress` where it stands at the start
  // and after each batch; what that returns but OK ends the call, and a later one with the same run
  // id goes on. Several calls may work on one run; none issues what another has. Returns
  // REQUEST_ID_REUSED; VENUE_CHANGED when venues are changed faster than they can be reissued;
  // UNAVAILABLE.
  absl::Status Run(const ReissueRequest& request,
                   absl::FunctionRef<absl::Status(const ReissueProgress&)> on_progress);

 private:
  ReissueBatch BatchOf(const ReissueRun& run, const std::vector<OwnVenue>& venues,
                       const std::string& actor) const;

  ReissueStore& store_;
  const CertificateMaker& certificates_;
  const Clock clock_;
};

}  // namespace oshirase::registry
