#include "services/gateway/api/venue_json.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/ids/oa_message.h"
#include "services/gateway/api/member_reader.h"
#include "services/gateway/api/strict_json.h"
#include "services/gateway/forms/register_checks.h"
#include "services/gateway/forms/text.h"
#include "services/gateway/view/documents.h"

namespace oshirase::gateway {
namespace {

using nlohmann::ordered_json;
using Json = nlohmann::json;

// What no word of these is longer than.
constexpr size_t kMaxWord = 64;
constexpr size_t kMaxPhone = 40;
constexpr size_t kMaxEmail = 254;
// All of the business's own measures together: what a sheet could never hold must not grow beyond
// what the services send each other.
constexpr size_t kMaxOwnMeasureBytes = size_t{32} * 1024;

// What only the service decides about a venue.
constexpr const char* kReadOnly[] = {"venue_id", "venue_code",  "old_code_end_time", "state",
                                     "revision", "certificate", "inspect_time",      "links"};

const char* NameOf(OwnVenue::State state) {
  switch (state) {
    case OwnVenue::State::kOpen:
      return "open";
    case OwnVenue::State::kClosed:
      return "closed";
    case OwnVenue::State::kSuspended:
      return "suspended";
  }
  return "suspended";
}

VenueDetails ReadDetails(MemberReader& reader) {
  VenueDetails details = {
      .name = reader.Text("name", kMaxNameLength),
      .kana = reader.Text("kana", kMaxNameLength),
      .kind = reader.Text("kind", kMaxWord),
      .postal_code = reader.Text("postal_code", kMaxWord),
      .municipality = reader.Text("municipality", kMaxMunicipalityLength),
      .address = reader.Text("address", kMaxAddressLength),
      .phone = reader.Text("phone", kMaxPhone),
      .business_name = reader.Text("business_name", kMaxNameLength),
      .measure_ids = reader.Texts("measure_ids", kMaxMeasures, kMaxWord),
      .own_measures = reader.Texts("own_measures", kMaxMeasures, kMaxMeasureLength),
      .event_start = reader.Time("event_start_time"),
      .event_end = reader.Time("event_end_time"),
      .name_consent = reader.Flag("name_consent"),
      .listed = reader.Flag("listed")};
  size_t bytes = 0;
  for (const std::string& text : details.own_measures) bytes += text.size();
  if (bytes > kMaxOwnMeasureBytes) reader.Refuse("own_measures", "TOO_LONG");
  if (!IsKana(details.kana)) reader.Refuse("kana", "NOT_KANA");
  for (const char* name : kReadOnly) reader.Skip(name);
  return details;
}

ordered_json OptionalTime(const std::optional<absl::Time>& time) {
  return time ? ordered_json(TimeText(*time)) : ordered_json(nullptr);
}

ordered_json CertificateJson(const OwnCertificate& certificate) {
  ordered_json measures = ordered_json::array();
  for (const DeclaredMeasure& measure : certificate.measures) {
    measures.push_back(
        {{"measure_id",
          measure.measure_id.empty() ? ordered_json(nullptr) : ordered_json(measure.measure_id)},
         {"text", measure.text},
         {"is_new", measure.is_new}});
  }
  return {{"certificate_number", certificate.number.value},
          {"version", certificate.version},
          {"issue_time", TimeText(certificate.issue_time)},
          {"withdrawn", certificate.withdrawn},
          {"measures", measures}};
}

ordered_json LinksJson(const OwnVenue& venue, const LinkBases& bases) {
  const std::string self = absl::StrCat(bases.public_url, "/api/v1/venues/", venue.venue_id);
  ordered_json documents;
  for (const DocumentInfo& info : Documents()) {
    if (info.document == Document::kCertificate && !venue.certificate) continue;
    documents[info.name] = absl::StrCat(self, "/documents/", info.name, ".pdf");
  }
  documents["qr-svg"] = absl::StrCat(self, "/documents/qr.svg");
  documents["qr-png"] = absl::StrCat(self, "/documents/qr.png");
  ordered_json links = {{"self", self},
                        {"visits", absl::StrCat(self, "/visits")},
                        {"documents", documents},
                        {"check_in", ids::OaMessageUrl(bases.bot_basic_id, venue.code)},
                        {"check_in_page", absl::StrCat(bases.public_url, "/c/", venue.code.value)}};
  if (venue.certificate) {
    links["certificate_page"] =
        absl::StrCat(bases.public_url, "/certificates/", venue.certificate->number.value);
  }
  return links;
}

}  // namespace

VenueDetails ReadVenue(const Json& object, const std::string& pointer,
                       std::vector<ProblemPlace>& places) {
  MemberReader reader(object, pointer, places);
  VenueDetails details = ReadDetails(reader);
  details.parent_venue_id = reader.Text("parent_venue_id", kMaxWord);
  reader.Finish();
  return details;
}

VenueDetails ReadRegistration(const Json& object, std::vector<ProblemPlace>& places) {
  MemberReader reader(object, "#", places);
  VenueDetails details = ReadDetails(reader);
  details.email = reader.Text("email", kMaxEmail);
  reader.Finish();
  return details;
}

ordered_json DetailsJson(const VenueDetails& details) {
  return {
      {"name", details.name},
      {"kana", details.kana},
      {"kind", details.kind},
      {"postal_code", details.postal_code},
      {"municipality", details.municipality},
      {"address", details.address},
      {"phone", details.phone},
      {"business_name", details.business_name},
      {"measure_ids", details.measure_ids},
      {"own_measures", details.own_measures},
      {"event_start_time", OptionalTime(details.event_start)},
      {"event_end_time", OptionalTime(details.event_end)},
      {"name_consent", details.name_consent},
      {"listed", details.listed},
      {"parent_venue_id", details.parent_venue_id.empty() ? ordered_json(nullptr)
                                                          : ordered_json(details.parent_venue_id)}};
}

ordered_json VenueJson(const OwnVenue& venue, const LinkBases& bases) {
  ordered_json json = {{"venue_id", venue.venue_id},
                       {"venue_code", venue.code.value},
                       {"old_code_end_time", OptionalTime(venue.old_code_end)},
                       {"state", NameOf(venue.state)},
                       {"revision", venue.revision}};
  json.update(DetailsJson(venue.details));
  json["certificate"] =
      venue.certificate ? CertificateJson(*venue.certificate) : ordered_json(nullptr);
  json["inspect_time"] = OptionalTime(venue.inspect_time);
  json["links"] = LinksJson(venue, bases);
  return json;
}

std::string FingerprintOf(const VenueDetails& details) {
  VenueDetails sorted = details;
  // The catalogue's measures are a set.
  std::sort(sorted.measure_ids.begin(), sorted.measure_ids.end());
  ordered_json json = DetailsJson(sorted);
  json["email"] = details.email;
  return DumpOrdered(json);
}

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S+09:00", time, absl::FixedTimeZone(9 * 3600));
}

}  // namespace oshirase::gateway
