#include "tools/authority/desk_json.h"

#include "absl/strings/strip.h"
#include "tools/authority/entry_details.h"
#include "tools/authority/output.h"

namespace oshirase::authority {
namespace {

using nlohmann::json;
namespace rv1 = registry::v1;

std::string StateName(rv1::VenueState state) {
  return std::string(absl::StripPrefix(rv1::VenueState_Name(state), "VENUE_STATE_"));
}

std::string StateName(rv1::CertificateState state) {
  return std::string(absl::StripPrefix(rv1::CertificateState_Name(state), "CERTIFICATE_STATE_"));
}

json CountsJson(const google::protobuf::RepeatedPtrField<rv1::RegisterCount>& counts) {
  json list = json::array();
  for (const auto& count : counts) list.push_back({{"key", count.key()}, {"count", count.count()}});
  return list;
}

json ChangeJson(const rv1::EntryChange& change) {
  return {{"time", TimeJson(change.time())},
          {"actor", change.actor()},
          {"action", change.action()},
          {"fields", std::vector<std::string>(change.fields().begin(), change.fields().end())},
          {"reason", change.reason()}};
}

}  // namespace

json ToJson(const rv1::Certificate& certificate) {
  return {{"number", certificate.certificate_number()},
          {"version", certificate.version()},
          {"issued_at", TimeJson(certificate.issue_time())},
          {"state", StateName(certificate.state())}};
}

json ToJson(const rv1::RegisterEntry& entry) {
  const auto& venue = entry.venue();
  return {{"venue_id", venue.venue_id()},
          {"venue_code", venue.venue_code()},
          {"state", StateName(venue.state())},
          {"revision", venue.revision()},
          {"registered_at", TimeJson(venue.create_time())},
          {"inspected_at", TimeJson(entry.inspect_time())},
          {"certificate", entry.has_certificate() ? ToJson(entry.certificate()) : json(nullptr)},
          {"details", DetailsJson(venue.details())}};
}

json ToJson(const rv1::GetEntryResponse& entry) {
  auto object = ToJson(entry.entry());
  object["measures"] = json::array();
  for (const auto& measure : entry.measures()) {
    object["measures"].push_back({{"group", measure.group()},
                                  {"measure_id", measure.measure_id()},
                                  {"text", measure.text()},
                                  {"is_new", measure.is_new()}});
  }
  object["certificates"] = json::array();
  for (const auto& certificate : entry.certificates()) {
    object["certificates"].push_back(ToJson(certificate));
  }
  object["changes"] = json::array();
  for (const auto& change : entry.changes()) object["changes"].push_back(ChangeJson(change));
  return object;
}

json ToJson(const rv1::CountRegisterResponse& counts) {
  return {{"by_kind", CountsJson(counts.by_kind())},
          {"by_municipality", CountsJson(counts.by_municipality())},
          {"by_state", CountsJson(counts.by_state())},
          {"by_month", CountsJson(counts.by_month())}};
}

json ToJson(const rv1::Letter& letter) {
  const bool report = letter.kind() == rv1::LETTER_KIND_REPORT;
  return {
      {"number", letter.letter_number()},
      {"kind", report ? "report" : "enquiry"},
      {"received_at", TimeJson(letter.create_time())},
      {"email", letter.email()},
      {"name", letter.name()},
      {"subject", report ? std::string(absl::StripPrefix(
                               rv1::ReportSubject_Name(letter.report_subject()), "REPORT_SUBJECT_"))
                         : letter.subject()},
      {"certificate_number", letter.certificate_number()},
      {"place", letter.place()},
      {"text", letter.text()},
      {"closed_at", TimeJson(letter.close_time())},
      {"closed_by", letter.closed_by()},
      {"answer", letter.answer()}};
}

json ToJson(const rv1::ApiKey& key) {
  return {{"id", key.api_key_id()},
          {"email", key.email()},
          {"label", key.label()},
          {"issued_at", TimeJson(key.create_time())},
          {"revoked_at", TimeJson(key.revoke_time())}};
}

}  // namespace oshirase::authority
