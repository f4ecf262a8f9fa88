#include "services/registry/domain/reissue.h"

#include <algorithm>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/new_venue.h"

namespace oshirase::registry {
namespace {

// A venue that its business changes in between is left for the next pass.
constexpr int kPasses = 3;

}  // namespace

ReissueBatch Reissue::BatchOf(const ReissueRun& run, const std::vector<OwnVenue>& venues,
                              const std::string& actor) const {
  const absl::Time now = clock_();
  ReissueBatch batch{.run_id = run.id,
                     .certificates = {},
                     .now = now,
                     .note = {.actor = actor,
                              .action = "certificate.reissued",
                              .subject = run.id,
                              .facts = {},
                              .reason = run.reason}};
  for (const auto& own : venues) {
    NextCertificate next{.revision = own.venue.revision,
                         .certificate = own.certificate.has_value()
                                            ? certificates_.After(*own.certificate, own.venue, now)
                                            : certificates_.First(own.venue, now),
                         .mail = std::nullopt};
    if (run.mail) next.mail = MailOf(own.venue, next.certificate);
    batch.certificates.push_back(std::move(next));
  }
  return batch;
}

absl::Status Reissue::Run(const ReissueRequest& request,
                          absl::FunctionRef<absl::Status(const ReissueProgress&)> on_progress) {
  ASSIGN_OR_RETURN(const auto run, store_.Begin({.id = request.run_id,
                                                 .reason = request.reason,
                                                 .mail = request.mail,
                                                 .create_time = clock_()},
                                                {.actor = request.actor,
                                                 .action = "reissue.started",
                                                 .subject = request.run_id,
                                                 .facts = {{"mail", request.mail}}}));
  ASSIGN_OR_RETURN(auto progress, store_.Progress(run));
  RETURN_IF_ERROR(on_progress(progress));
  bool left_out = true;
  for (int pass = 1; left_out; ++pass) {
    if (pass > kPasses) return VenueChanged();
    left_out = false;
    std::optional<VenueId> after;
    for (;;) {
      ASSIGN_OR_RETURN(const auto venues, store_.Next(run, after, kBatch));
      if (venues.empty()) break;
      after = venues.back().venue.id;
      ASSIGN_OR_RETURN(const auto result, store_.Issue(BatchOf(run, venues, request.actor)));
      left_out = left_out || result.left_out > 0;
      progress.done = result.done;
      progress.total = std::max(progress.total, progress.done);
      RETURN_IF_ERROR(on_progress(progress));
    }
  }
  // Venues that were closed meanwhile are done with too.
  ASSIGN_OR_RETURN(progress, store_.Progress(run));
  return on_progress(progress);
}

}  // namespace oshirase::registry
