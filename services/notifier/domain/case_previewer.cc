#include "services/notifier/domain/case_previewer.h"

#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/domain/refusal.h"
#include "services/notifier/domain/statement_check.h"

namespace oshirase::notifier {
namespace {

constexpr int kHoursOfDay = 24;

using CountsByDay = std::map<std::pair<VenueId, Day>, HourCounts>;

ExposurePreview PreviewOne(const Exposure& exposure, const CountsByDay& counts) {
  ExposurePreview preview{.venue_id = exposure.venue_id};
  int64_t total = 0;
  for (const VenueDayHours& part : HoursToOpen(exposure)) {
    const HourCounts& visits = counts.at({part.venue_id, part.day});
    for (int hour = 0; hour < kHoursOfDay; ++hour) {
      if ((part.hours & (1U << static_cast<unsigned>(hour))) == 0) continue;
      const int64_t count = visits[static_cast<size_t>(hour)];
      preview.hours.push_back({StartOf(part.day) + absl::Hours(hour), BucketOf(count)});
      total += count;
    }
  }
  preview.visits = BucketOf(total);
  return preview;
}

int64_t Total(const std::vector<HourCounts>& counts) {
  int64_t total = 0;
  for (const HourCounts& day : counts) total += std::accumulate(day.begin(), day.end(), int64_t{0});
  return total;
}

}  // namespace

CasePreviewer::CasePreviewer(Parts parts, int retention_days)
    : parts_(std::move(parts)), retention_days_(retention_days) {}

absl::StatusOr<Preview> CasePreviewer::PreviewExposures(const std::string& officer_id,
                                                        const std::vector<Exposure>& exposures,
                                                        bool drills_only) {
  const auto violations = CheckExposures(exposures, parts_.clock(), retention_days_);
  if (!violations.empty()) return CaseInvalid(violations);
  if (drills_only) {
    const auto allowed = parts_.fence.CheckDrillVenues(exposures);
    const AuditEvent preview{.actor = OfficerActor(officer_id), .action = "case.preview"};
    if (!allowed.ok()) return AuditRefusal(parts_.audit, preview, allowed);
  }
  ASSIGN_OR_RETURN(auto preview, Count(exposures));
  RETURN_IF_ERROR(Audit(officer_id, "", preview));
  return preview;
}

absl::StatusOr<Preview> CasePreviewer::PreviewCase(const std::string& officer_id,
                                                   const std::string& case_id) {
  ASSIGN_OR_RETURN(const CaseFile file, parts_.cases.GetFile(case_id));
  ASSIGN_OR_RETURN(const Statement statement, parts_.read_statement(file.statement));
  ASSIGN_OR_RETURN(auto preview, Count(statement.exposures));
  RETURN_IF_ERROR(Audit(officer_id, case_id, preview));
  return preview;
}

absl::StatusOr<int64_t> CasePreviewer::CountVisits(const std::vector<Exposure>& exposures) {
  ASSIGN_OR_RETURN(const auto counts,
                   parts_.checkin.CountVisits(HoursToOpen(exposures), CountFrom::kIndexOrRows));
  return Total(counts);
}

absl::StatusOr<Preview> CasePreviewer::Count(const std::vector<Exposure>& exposures) {
  const auto hours = HoursToOpen(exposures);
  ASSIGN_OR_RETURN(const auto counts, parts_.checkin.CountVisits(hours, CountFrom::kIndexOrRows));
  CountsByDay by_day;
  for (size_t i = 0; i < hours.size(); ++i) by_day[{hours[i].venue_id, hours[i].day}] = counts[i];
  Preview preview;
  for (const Exposure& exposure : exposures) {
    preview.exposures.push_back(PreviewOne(exposure, by_day));
  }
  preview.visits = BucketOf(Total(counts));
  preview.signatures_needed = SignaturesNeeded(exposures, Total(counts));
  return preview;
}

absl::Status CasePreviewer::Audit(const std::string& officer_id, const std::string& case_id,
                                  const Preview& preview) {
  std::set<std::string> venues;
  size_t hours = 0;
  for (const ExposurePreview& exposure : preview.exposures) {
    venues.insert(exposure.venue_id.value);
    hours += exposure.hours.size();
  }
  return parts_.audit.Append({.actor = OfficerActor(officer_id),
                              .action = "case.previewed",
                              .subject = case_id,
                              .detail = {{"venues", venues}, {"venue_hours", hours}}});
}

}  // namespace oshirase::notifier
