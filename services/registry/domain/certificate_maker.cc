#include "services/registry/domain/certificate_maker.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "common/ids/public_number.h"

namespace oshirase::registry {
namespace {

constexpr char kSheetLanguage[] = "ja";

bool Contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// What makes a line of two sheets the same measure: the catalogue's words may be improved.
std::pair<std::string, std::string> IdentityOf(const DeclaredMeasure& measure) {
  return {measure.id, measure.id.empty() ? measure.text : ""};
}

std::set<std::pair<std::string, std::string>> IdentitiesOf(const SheetFacts& sheet) {
  std::set<std::pair<std::string, std::string>> identities;
  for (const auto& measure : sheet.measures) identities.insert(IdentityOf(measure));
  return identities;
}

IssuedCertificate Issue(const Venue& venue, int version, SheetFacts sheet, absl::Time now) {
  return {.number = ids::NewPublicNumber().value,
          .venue_id = venue.id,
          .version = version,
          .issue_time = now,
          .state = CertificateState::kCurrent,
          .sheet = std::move(sheet)};
}

}  // namespace

SheetFacts CertificateMaker::SheetOf(const VenueDetails& details) const {
  SheetFacts sheet{.prefecture_name = issuer_.prefecture_name,
                   .consultation = issuer_.consultation,
                   .venue_name = details.name,
                   .venue_address = details.municipality + details.address,
                   .kind = details.kind,
                   .kind_name = "",
                   .event_start = details.event_start,
                   .event_end = details.event_end,
                   .measures = {},
                   .drill = details.drill};
  const auto declare = [&](const catalogue::Measure& measure) {
    sheet.measures.push_back({.group = measure.group->id,
                              .group_name = measure.group->name.In(kSheetLanguage),
                              .id = measure.id,
                              .text = measure.text.In(kSheetLanguage)});
  };
  if (const auto* const industry = catalogue_.FindIndustry(details.kind); industry != nullptr) {
    sheet.kind_name = industry->name.In(kSheetLanguage);
    for (const auto* measure : industry->measures) {
      if (Contains(details.measure_ids, measure->id)) declare(*measure);
    }
  }
  // What is offered to nobody any more still holds where it was declared.
  for (const auto& id : details.measure_ids) {
    const auto* const measure = catalogue_.FindMeasure(id);
    if (measure != nullptr && measure->retired) declare(*measure);
  }
  for (const auto& text : details.own_measures)
    sheet.measures.push_back({.group = "", .group_name = "", .id = "", .text = text});
  return sheet;
}

IssuedCertificate CertificateMaker::First(const Venue& venue, absl::Time now) const {
  return Issue(venue, 1, SheetOf(venue.details), now);
}

IssuedCertificate CertificateMaker::After(const IssuedCertificate& previous, const Venue& venue,
                                          absl::Time now) const {
  SheetFacts sheet = SheetOf(venue.details);
  const auto before = IdentitiesOf(previous.sheet);
  for (auto& measure : sheet.measures) measure.is_new = !before.contains(IdentityOf(measure));
  return Issue(venue, previous.version + 1, std::move(sheet), now);
}

bool CertificateMaker::NeedsNew(const IssuedCertificate& previous, const Venue& venue) const {
  if (previous.state == CertificateState::kWithdrawn) return false;
  const SheetFacts sheet = SheetOf(venue.details);
  const auto shown = [](const SheetFacts& facts) {
    return std::tie(facts.venue_name, facts.venue_address, facts.kind, facts.event_start,
                    facts.event_end);
  };
  return shown(sheet) != shown(previous.sheet) ||
         IdentitiesOf(sheet) != IdentitiesOf(previous.sheet);
}

}  // namespace oshirase::registry
