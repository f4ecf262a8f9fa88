#include "services/registry/testing/fake_reissue_store.h"

#include <utility>

#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {

bool FakeReissueStore::IsToBeDone(const Run& run, const Venue& venue) {
  const auto& certificates = register_.certificates[venue.id];
  const bool withdrawn =
      !certificates.empty() && certificates.back().state == CertificateState::kWithdrawn;
  return venue.state == VenueState::kOpen && venue.create_time < run.run.create_time &&
         !withdrawn && !run.done.contains(venue.id);
}

absl::StatusOr<ReissueRun> FakeReissueStore::Begin(const ReissueRun& run, const AuditNote& note) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const auto [found, is_new] = runs_.try_emplace(run.id, Run{.run = run, .done = {}});
  const ReissueRun& begun = found->second.run;
  if (begun.reason != run.reason || begun.mail != run.mail) return RequestIdReused();
  register_.audit.Note(is_new ? note : Repeated(note));
  return begun;
}

absl::StatusOr<ReissueProgress> FakeReissueStore::Progress(const ReissueRun& run) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const Run& kept = runs_.at(run.id);
  ReissueProgress progress{.done = static_cast<int64_t>(kept.done.size()), .total = 0};
  progress.total = progress.done;
  for (const auto& [id, venue] : register_.venues) progress.total += IsToBeDone(kept, venue);
  return progress;
}

absl::StatusOr<std::vector<OwnVenue>> FakeReissueStore::Next(const ReissueRun& run,
                                                             const std::optional<VenueId>& after,
                                                             int limit) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  const Run& kept = runs_.at(run.id);
  std::vector<OwnVenue> venues;
  for (const auto& [id, venue] : register_.venues) {
    if (static_cast<int>(venues.size()) == limit) break;
    if (after.has_value() && id <= *after) continue;
    if (IsToBeDone(kept, venue)) venues.push_back(register_.OwnOf(venue));
  }
  return venues;
}

absl::StatusOr<BatchResult> FakeReissueStore::Issue(const ReissueBatch& batch) {
  absl::MutexLock lock(&register_.mu);
  RETURN_IF_ERROR(failures_.Next());
  Run& run = runs_.at(batch.run_id);
  BatchResult result;
  int64_t count = 0;
  for (const auto& [revision, certificate, mail] : batch.certificates) {
    const Venue& venue = register_.venues.at(certificate.venue_id);
    if (!IsToBeDone(run, venue)) continue;
    if (venue.revision != revision || !register_.CheckIsNext(certificate).ok()) {
      ++result.left_out;
      continue;
    }
    register_.AddCertificate(certificate);
    register_.RecordChange(batch.note, venue.id, batch.now);
    if (mail.has_value()) register_.Queue({*mail});
    run.done.insert(venue.id);
    ++count;
  }
  result.done = static_cast<int64_t>(run.done.size());
  if (count == 0) return result;
  AuditNote note = batch.note;
  note.facts.push_back({"count", count});
  register_.audit.Note(note);
  return result;
}

}  // namespace oshirase::registry
