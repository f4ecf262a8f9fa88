#include "services/registry/store/venue_writer.h"

#include <algorithm>

#include "absl/strings/str_join.h"
#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/search_copy.h"
#include "services/registry/domain/twin_key.h"
#include "services/registry/store/sheet_json.h"
#include "services/registry/store/venue_row.h"

namespace oshirase::registry {
namespace {

// Grams hold letters and digits only, and ids of measures no space: arrays of arrays of different
// lengths exist neither in SQL nor in its binary format.
constexpr char kInsertVenues[] = R"(
  INSERT INTO registry.venues
    (venue_id, request_id, business_id, name, kana, kind, postal_code, municipality, address, phone,
     email, business_name, parent_venue_id, measures, measure_ids, event_start_time, event_end_time,
     name_consent, listed, drill, state, create_time, search_name, search_text, search_grams,
     twin_key)
  SELECT n.venue_id, n.request_id, $1, n.name, n.kana, n.kind, n.postal_code, n.municipality,
         n.address, n.phone, n.email, n.business_name, n.parent_venue_id, n.measures,
         string_to_array(n.measure_ids, ' '), n.event_start_time, n.event_end_time,
         n.name_consent, n.listed, n.drill, n.state, n.create_time, n.search_name, n.search_text,
         string_to_array(n.search_grams, ' '), n.twin_key
  FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::text[], $11::text[], $12::text[], $13::uuid[], $14::text[],
              $15::text[], $16::timestamptz[], $17::timestamptz[], $18::bool[], $19::bool[],
              $20::bool[], $21::text[], $22::timestamptz[], $23::text[], $24::text[], $25::text[],
              $26::bytea[])
    AS n (venue_id, request_id, name, kana, kind, postal_code, municipality, address, phone, email,
          business_name, parent_venue_id, measures, measure_ids, event_start_time, event_end_time,
          name_consent, listed, drill, state, create_time, search_name, search_text, search_grams,
          twin_key)
  ON CONFLICT (request_id) DO NOTHING)";

constexpr char kInsertCodes[] = R"(
  INSERT INTO registry.venue_codes (code, venue_id, request_id, create_time)
  SELECT * FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::timestamptz[])
  ON CONFLICT DO NOTHING)";

constexpr char kFindRequests[] = R"(
  SELECT 1 FROM registry.venue_codes WHERE request_id = ANY ($1::uuid[]) LIMIT 1)";

constexpr char kInsertCertificates[] = R"(
  INSERT INTO registry.certificates
    (certificate_number, venue_id, version, issue_time, state, sheet)
  SELECT n.number, n.venue_id, n.version, n.issue_time, 'current', n.sheet::jsonb
  FROM unnest($1::text[], $2::uuid[], $3::int[], $4::timestamptz[], $5::text[])
    AS n (number, venue_id, version, issue_time, sheet))";

constexpr char kSupersede[] = R"(
  UPDATE registry.certificates SET state = 'superseded', end_time = $2
  WHERE venue_id = $1 AND state = 'current')";

constexpr char kInsertHistory[] = R"(
  INSERT INTO registry.venue_changes
    (venue_id, change_time, actor, action, fields, reason, request_id, certificate_number)
  SELECT n.venue_id, n.change_time, n.actor, n.action, $5::text[], $6, $7, n.certificate_number
  FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $8::text[])
    AS n (venue_id, change_time, actor, action, certificate_number))";

constexpr size_t kRowsPerStatement = 500;  // well within the statement's time

absl::string_view View(const crypto::Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

void AddTime(postgres::TimestamptzArray& array, const std::optional<absl::Time>& time) {
  if (time.has_value()) {
    array.Add(*time);
  } else {
    array.AddNull();
  }
}

// The columns of kInsertVenues.
struct VenueColumns {
  postgres::UuidArray ids, requests, parents;
  postgres::TextArray name, kana, kind, postal_code, municipality, address, phone, email,
      business_name, measures, measure_ids, state, search_name, search_text, search_grams;
  postgres::TimestamptzArray event_start, event_end, create_time;
  postgres::BoolArray name_consent, listed, drill;
  postgres::ByteaArray twin_key;

  absl::Status Add(const VenueAddition& addition) {
    const Venue& venue = addition.venue;
    const VenueDetails& details = venue.details;
    RETURN_IF_ERROR(ids.Add(venue.id.value));
    RETURN_IF_ERROR(requests.Add(addition.request_id));
    if (details.parent_venue_id.empty()) {
      parents.AddNull();
    } else {
      RETURN_IF_ERROR(parents.Add(details.parent_venue_id));
    }
    name.Add(details.name);
    kana.Add(details.kana);
    kind.Add(details.kind);
    postal_code.Add(details.postal_code);
    municipality.Add(details.municipality);
    address.Add(details.address);
    phone.Add(details.phone);
    email.Add(details.email);
    business_name.Add(details.business_name);
    measures.Add(JoinMeasures(details.own_measures));
    measure_ids.Add(absl::StrJoin(details.measure_ids, " "));
    AddTime(event_start, details.event_start);
    AddTime(event_end, details.event_end);
    name_consent.Add(details.name_consent);
    listed.Add(details.listed);
    drill.Add(details.drill);
    state.Add(NameOf(venue.state));
    create_time.Add(venue.create_time);
    const SearchCopy search = SearchCopyOf(details);
    search_name.Add(search.name);
    search_text.Add(search.text);
    search_grams.Add(absl::StrJoin(search.grams, " "));
    twin_key.Add(View(TwinKeyOf(details)));
    return absl::OkStatus();
  }

  pqxx::result Insert(pqxx::work& tx, const BusinessId& business_id) const {
    return tx.exec_params(
        kInsertVenues, business_id.value, ids.Param(), requests.Param(), name.Param(), kana.Param(),
        kind.Param(), postal_code.Param(), municipality.Param(), address.Param(), phone.Param(),
        email.Param(), business_name.Param(), parents.Param(), measures.Param(),
        measure_ids.Param(), event_start.Param(), event_end.Param(), name_consent.Param(),
        listed.Param(), drill.Param(), state.Param(), create_time.Param(), search_name.Param(),
        search_text.Param(), search_grams.Param(), twin_key.Param());
  }
};

absl::Status InsertCodes(pqxx::work& tx, std::span<const VenueAddition> additions) {
  postgres::TextArray codes;
  postgres::UuidArray venues;
  postgres::UuidArray requests;
  postgres::TimestamptzArray times;
  for (const auto& addition : additions) {
    codes.Add(addition.venue.code);
    RETURN_IF_ERROR(venues.Add(addition.venue.id.value));
    RETURN_IF_ERROR(requests.Add(addition.request_id));
    times.Add(addition.venue.create_time);
  }
  const auto inserted =
      tx.exec_params(kInsertCodes, codes.Param(), venues.Param(), requests.Param(), times.Param());
  if (inserted.affected_rows() == additions.size()) return absl::OkStatus();
  // Those just stored are among them, so: is there one that was there before?
  if (additions.size() == 1 && !tx.exec_params(kFindRequests, requests.Param()).empty())
    return RequestIdReused();
  return absl::AlreadyExistsError("a venue code is taken");
}

void InsertCertificates(pqxx::work& tx, std::span<const IssuedCertificate* const> certificates) {
  postgres::TextArray numbers;
  postgres::UuidArray venues;
  postgres::Int4Array versions;
  postgres::TimestamptzArray times;
  postgres::TextArray sheets;
  for (const auto* certificate : certificates) {
    numbers.Add(certificate->number);
    venues.Add(certificate->venue_id.value).IgnoreError();  // ours, so a UUID
    versions.Add(certificate->version);
    times.Add(certificate->issue_time);
    sheets.Add(JsonOf(certificate->sheet));
  }
  tx.exec_params(kInsertCertificates, numbers.Param(), venues.Param(), versions.Param(),
                 times.Param(), sheets.Param());
}

// "venue.changed" is "changed" in a venue's history.
std::string ActionOf(const AuditNote& note) {
  return note.action.substr(note.action.find('.') + 1);
}

template <typename T>
T FactOf(const AuditNote& note, const std::string& key) {
  for (const auto& fact : note.facts) {
    if (fact.key == key && std::holds_alternative<T>(fact.value)) return std::get<T>(fact.value);
  }
  return {};
}

void InsertFirstHistory(pqxx::work& tx, std::span<const VenueAddition> additions) {
  postgres::UuidArray venues;
  postgres::TimestamptzArray times;
  postgres::TextArray actors;
  postgres::TextArray actions;
  postgres::TextArray numbers;
  for (const auto& addition : additions) {
    venues.Add(addition.venue.id.value).IgnoreError();
    times.Add(addition.venue.create_time);
    actors.Add(HistoryActorOf(addition.note.actor));
    actions.Add(ActionOf(addition.note));
    numbers.Add(addition.certificate.number);
  }
  // All of them together have one reason, or none.
  tx.exec_params(kInsertHistory, venues.Param(), times.Param(), actors.Param(), actions.Param(),
                 postgres::TextArray().Param(),
                 FactOf<std::string>(additions.front().note, "reason"),
                 std::optional<std::string>(), numbers.Param());
}

absl::Status InsertSome(pqxx::work& tx, const BusinessId& business_id,
                        std::span<const VenueAddition> additions) {
  VenueColumns columns;
  std::vector<const IssuedCertificate*> certificates;
  for (const auto& addition : additions) {
    RETURN_IF_ERROR(columns.Add(addition));
    certificates.push_back(&addition.certificate);
  }
  if (columns.Insert(tx, business_id).affected_rows() != additions.size()) return RequestIdReused();
  RETURN_IF_ERROR(InsertCodes(tx, additions));
  InsertCertificates(tx, certificates);
  InsertFirstHistory(tx, additions);
  return absl::OkStatus();
}

}  // namespace

absl::Status InsertVenues(pqxx::work& tx, const BusinessId& business_id,
                          std::span<const VenueAddition> additions) {
  for (size_t begin = 0; begin < additions.size(); begin += kRowsPerStatement) {
    const size_t count = std::min(kRowsPerStatement, additions.size() - begin);
    RETURN_IF_ERROR(InsertSome(tx, business_id, additions.subspan(begin, count)));
  }
  return absl::OkStatus();
}

void InsertNextCertificate(pqxx::work& tx, const IssuedCertificate& certificate) {
  tx.exec_params(kSupersede, certificate.venue_id.value,
                 postgres::TimeParam(certificate.issue_time));
  const IssuedCertificate* const only = &certificate;
  InsertCertificates(tx, {&only, 1});
}

void RecordChange(pqxx::work& tx, const AuditNote& note, const HistoryLine& line) {
  postgres::UuidArray venue;
  venue.Add(line.venue_id.value).IgnoreError();
  postgres::TimestamptzArray time;
  time.Add(line.time);
  postgres::TextArray actor;
  actor.Add(HistoryActorOf(note.actor));
  postgres::TextArray action;
  action.Add(ActionOf(note));
  postgres::TextArray fields;
  for (const auto& field : FactOf<std::vector<std::string>>(note, "fields")) fields.Add(field);
  postgres::TextArray number;
  if (line.certificate_number.has_value()) {
    number.Add(*line.certificate_number);
  } else {
    number.AddNull();
  }
  tx.exec_params(kInsertHistory, venue.Param(), time.Param(), actor.Param(), action.Param(),
                 fields.Param(), FactOf<std::string>(note, "reason"), line.request_id,
                 number.Param());
}

}  // namespace oshirase::registry
