#include "services/registry/store/venue_row.h"

#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/postgres/fields.h"
#include "services/registry/store/sheet_json.h"

namespace oshirase::registry {
namespace {

constexpr char kVenueColumns[] = R"(
  v.venue_id, c.code, v.business_id, v.name, v.kana, v.kind, v.postal_code, v.municipality,
  v.address, v.phone, v.email, v.business_name, v.parent_venue_id, v.measures,
  array_to_string(v.measure_ids, ' ') AS measure_ids, v.event_start_time, v.event_end_time,
  v.name_consent, v.listed, v.drill, v.state, v.create_time, v.revision)";

constexpr char kVenueTables[] = R"(
  FROM registry.venues AS v
  JOIN registry.venue_codes AS c ON c.venue_id = v.venue_id AND c.end_time IS NULL)";

constexpr char kOwnColumns[] = R"(,
  s.sheet, v.inspect_time,
  (SELECT max(o.end_time) FROM registry.venue_codes AS o WHERE o.venue_id = v.venue_id)
    AS old_code_end)";

constexpr char kNewestCertificate[] = R"(
  LEFT JOIN LATERAL (
    SELECT * FROM registry.certificates AS n
    WHERE n.venue_id = v.venue_id ORDER BY n.version DESC LIMIT 1) AS s ON true)";

constexpr char kNumberedCertificate[] = R"(
  JOIN registry.certificates AS s ON s.venue_id = v.venue_id
  WHERE s.certificate_number = $1)";

constexpr char kEntryColumns[] = ", v.last_inspect_time";

VenueState StateOf(const std::string& name) {
  for (const auto state : {VenueState::kOpen, VenueState::kClosed, VenueState::kSuspended}) {
    if (name == NameOf(state)) return state;
  }
  throw pqxx::conversion_error("unknown venue state");
}

CertificateState CertificateStateOf(const std::string& name) {
  for (const auto state :
       {CertificateState::kCurrent, CertificateState::kSuperseded, CertificateState::kWithdrawn}) {
    if (name == NameOf(state)) return state;
  }
  throw pqxx::conversion_error("unknown certificate state");
}

std::string TextOrEmpty(const pqxx::field& field) {
  return postgres::Nullable<std::string>(field).value_or("");
}

}  // namespace

const char kSummaryColumns[] =
    "s.certificate_number, s.version, s.issue_time, s.state AS certificate_state";

std::string SelectVenues(absl::string_view rest) {
  return absl::StrCat("SELECT ", kVenueColumns, kVenueTables, rest);
}

std::string SelectOwnVenues(absl::string_view rest) {
  return absl::StrCat("SELECT ", kVenueColumns, ", ", kSummaryColumns, kOwnColumns, kVenueTables,
                      kNewestCertificate, rest);
}

std::string SelectEntries(absl::string_view rest) {
  return absl::StrCat("SELECT ", kVenueColumns, ", ", kSummaryColumns, kEntryColumns, kVenueTables,
                      kNewestCertificate, rest);
}

std::string SelectVenueOfCertificate() {
  return absl::StrCat("SELECT ", kVenueColumns, ", ", kSummaryColumns, kOwnColumns, kVenueTables,
                      kNumberedCertificate);
}

Venue VenueOf(const pqxx::row& row) {
  Venue venue;
  VenueDetails& details = venue.details;
  venue.id = {row["venue_id"].as<std::string>()};
  venue.code = row["code"].as<std::string>();
  venue.business_id = {TextOrEmpty(row["business_id"])};
  details.name = row["name"].as<std::string>();
  details.kana = row["kana"].as<std::string>();
  details.kind = row["kind"].as<std::string>();
  details.postal_code = row["postal_code"].as<std::string>();
  details.municipality = row["municipality"].as<std::string>();
  details.address = row["address"].as<std::string>();
  details.phone = row["phone"].as<std::string>();
  details.email = row["email"].as<std::string>();
  details.business_name = row["business_name"].as<std::string>();
  details.parent_venue_id = TextOrEmpty(row["parent_venue_id"]);
  details.measure_ids =
      absl::StrSplit(row["measure_ids"].as<std::string>(), ' ', absl::SkipEmpty());
  details.own_measures = absl::StrSplit(row["measures"].as<std::string>(), '\n', absl::SkipEmpty());
  details.event_start = postgres::NullableTime(row["event_start_time"]);
  details.event_end = postgres::NullableTime(row["event_end_time"]);
  details.name_consent = row["name_consent"].as<bool>();
  details.listed = row["listed"].as<bool>();
  details.drill = row["drill"].as<bool>();
  venue.state = StateOf(row["state"].as<std::string>());
  venue.create_time = postgres::Time(row["create_time"]);
  venue.revision = row["revision"].as<int>();
  return venue;
}

std::vector<Venue> VenuesOf(const pqxx::result& rows) {
  std::vector<Venue> venues;
  venues.reserve(rows.size());
  for (const auto& row : rows) venues.push_back(VenueOf(row));
  return venues;
}

OwnVenue OwnVenueOf(const pqxx::row& row) {
  OwnVenue own{.venue = VenueOf(row),
               .certificate = std::nullopt,
               .old_code_end = postgres::NullableTime(row["old_code_end"]),
               .inspect_time = postgres::NullableTime(row["inspect_time"])};
  if (row["certificate_number"].is_null()) return own;
  const CertificateSummary summary = SummaryOf(row);
  own.certificate = IssuedCertificate{.number = summary.number,
                                      .venue_id = own.venue.id,
                                      .version = summary.version,
                                      .issue_time = summary.issue_time,
                                      .state = summary.state,
                                      .sheet = SheetOfJson(row["sheet"].as<std::string>())};
  return own;
}

std::vector<OwnVenue> OwnVenuesOf(const pqxx::result& rows) {
  std::vector<OwnVenue> venues;
  venues.reserve(rows.size());
  for (const auto& row : rows) venues.push_back(OwnVenueOf(row));
  return venues;
}

CertificateSummary SummaryOf(const pqxx::row& row) {
  return {.number = row["certificate_number"].as<std::string>(),
          .version = row["version"].as<int>(),
          .issue_time = postgres::Time(row["issue_time"]),
          .state = CertificateStateOf(row["certificate_state"].as<std::string>())};
}

std::vector<RegisterEntry> EntriesOf(const pqxx::result& rows) {
  std::vector<RegisterEntry> entries;
  entries.reserve(rows.size());
  for (const auto& row : rows) {
    RegisterEntry& entry = entries.emplace_back();
    entry.venue = VenueOf(row);
    entry.inspect_time = postgres::NullableTime(row["last_inspect_time"]);
    if (!row["certificate_number"].is_null()) entry.certificate = SummaryOf(row);
  }
  return entries;
}

std::string JoinMeasures(const std::vector<std::string>& measures) {
  return absl::StrJoin(measures, "\n");
}

}  // namespace oshirase::registry
