#include "services/notifier/domain/drill_fence.h"

#include <algorithm>
#include <set>

#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/domain/refusal.h"

namespace oshirase::notifier {

absl::StatusOr<bool> DrillFence::DrillsOnly(const Visitor& visitor) {
  ASSIGN_OR_RETURN(const Roles roles, parts_.officers.RolesOf(visitor.officer_id));
  return !roles.HasAnyOf(visitor.roles);
}

absl::Status DrillFence::CheckCase(const Visitor& visitor, const std::string& case_id) {
  ASSIGN_OR_RETURN(const bool drills_only, DrillsOnly(visitor));
  if (!drills_only) return absl::OkStatus();
  const auto summary = parts_.cases.Get(case_id);
  if (!summary.ok() || summary->drill) return summary.status();
  return AuditRefusal(
      parts_.audit,
      {.actor = OfficerActor(visitor.officer_id), .action = "case.access", .subject = case_id},
      CaseNotFound());
}

absl::Status DrillFence::CheckEntry(const Visitor& visitor, bool drill) {
  if (drill) return absl::OkStatus();
  ASSIGN_OR_RETURN(const bool drills_only, DrillsOnly(visitor));
  if (!drills_only) return absl::OkStatus();
  return AuditRefusal(parts_.audit,
                      {.actor = OfficerActor(visitor.officer_id), .action = "case.prepare"},
                      notifier::DrillsOnly());
}

absl::Status DrillFence::CheckDrillVenues(const std::vector<Exposure>& exposures) {
  std::set<VenueId> ids;
  for (const Exposure& exposure : exposures) ids.insert(exposure.venue_id);
  ASSIGN_OR_RETURN(const auto venues, parts_.registry.GetVenues({ids.begin(), ids.end()}));
  const auto drills = std::count_if(venues.begin(), venues.end(),
                                    [](const NamedVenue& venue) { return venue.drill; });
  return static_cast<size_t>(drills) == ids.size() ? absl::OkStatus() : DrillMismatch();
}

}  // namespace oshirase::notifier
