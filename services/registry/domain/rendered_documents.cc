#include "services/registry/domain/rendered_documents.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

// The heading of a business's own measures.
constexpr char kOwnGroup[] = "その他の取組";

absl::CivilDay InJapan(absl::Time time) {
  return absl::ToCivilDay(time, absl::FixedTimeZone(9 * 60 * 60));
}

std::string DatesOf(const std::optional<absl::Time>& start, const std::optional<absl::Time>& end) {
  return start.has_value() && end.has_value() ? EventDates(*start, *end) : "";
}

// Lines under one heading stand together, headings in the order in which they come first.
std::vector<MeasureGroup> GroupsOf(const std::vector<DeclaredMeasure>& measures) {
  std::vector<MeasureGroup> groups;
  for (const auto& measure : measures) {
    const std::string& name = measure.group_name.empty() ? kOwnGroup : measure.group_name;
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const auto& each) { return each.name == name; });
    if (group == groups.end()) group = groups.insert(groups.end(), {.name = name, .lines = {}});
    group->lines.push_back({.text = measure.text, .is_new = measure.is_new});
  }
  return groups;
}

}  // namespace

std::string EventDates(absl::Time start, absl::Time end) {
  const absl::CivilDay first = InJapan(start);
  const absl::CivilDay last = InJapan(end - absl::Nanoseconds(1));
  std::string dates = absl::StrCat(first.year(), "年", first.month(), "月", first.day(), "日");
  if (last == first) return dates;
  absl::StrAppend(&dates, "〜");
  if (last.year() != first.year()) absl::StrAppend(&dates, last.year(), "年");
  if (absl::CivilMonth(last) != absl::CivilMonth(first))
    absl::StrAppend(&dates, last.month(), "月");
  absl::StrAppend(&dates, last.day(), "日");
  return dates;
}

CheckInCode RenderedDocuments::CheckInCodeOf(const Venue& venue) const {
  return {.code = {venue.code},
          .url = site_.CheckIn(venue.code),
          .page_url = site_.CodePage(venue.code)};
}

CertificateSheet RenderedDocuments::SheetOf(const IssuedCertificate& certificate,
                                            const Venue& venue) const {
  const SheetFacts& facts = certificate.sheet;
  return {.number = {certificate.number},
          .version = certificate.version,
          .issue_day = DayOf(certificate.issue_time),
          .prefecture_name = facts.prefecture_name,
          .venue_name = facts.venue_name,
          .venue_address = facts.venue_address,
          .industry_name = facts.kind_name,
          .event_dates = DatesOf(facts.event_start, facts.event_end),
          .groups = GroupsOf(facts.measures),
          .check_in = CheckInCodeOf(venue),
          .verify_url = site_.CertificatePage(certificate.number),
          .consultation = facts.consultation,
          .drill = facts.drill};
}

CheckInSheet RenderedDocuments::SheetOf(const OwnVenue& own) const {
  const VenueDetails& details = own.venue.details;
  return {.made_on = DayOf(own.certificate.has_value() ? own.certificate->issue_time
                                                       : own.venue.create_time),
          .prefecture_name = issuer_.prefecture_name,
          .venue_name = details.name,
          .event_dates = DatesOf(details.event_start, details.event_end),
          .check_in = CheckInCodeOf(own.venue),
          .consultation = issuer_.consultation,
          .drill = details.drill};
}

absl::StatusOr<Document> RenderedDocuments::Describe(DocumentKind kind, const OwnVenue& own) const {
  switch (kind) {
    case DocumentKind::kCertificate:
      if (!own.certificate.has_value()) return NoCertificate();
      if (own.certificate->state == CertificateState::kWithdrawn) return CertificateIsWithdrawn();
      return Certificate{SheetOf(*own.certificate, own.venue)};
    case DocumentKind::kPoster:
      return Poster{SheetOf(own)};
    case DocumentKind::kTableTent:
      return TableTent{SheetOf(own)};
    case DocumentKind::kStickers:
      return Stickers{SheetOf(own)};
  }
  return absl::InternalError("a document is none");
}

absl::StatusOr<std::string> RenderedDocuments::Print(DocumentKind kind, const OwnVenue& venue) {
  ASSIGN_OR_RETURN(const auto document, Describe(kind, venue));
  return renderer_.Render(document);
}

absl::StatusOr<std::string> RenderedDocuments::PrintBook(DocumentKind kind,
                                                         const std::vector<OwnVenue>& venues) {
  std::vector<Document> documents;
  for (const auto& venue : venues) {
    ASSIGN_OR_RETURN(auto document, Describe(kind, venue));
    documents.push_back(std::move(document));
  }
  return renderer_.RenderBook(venues.empty() ? "" : venues.front().venue.details.business_name,
                              documents);
}

}  // namespace oshirase::registry
