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
#include "services/registry/store/venue_history.h"
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
     twin_key, search_email)
  SELECT n.venue_id, n.request_id, $1, n.name, n.kana, n.kind, n.postal_code, n.municipality,
         n.address, n.phone, n.email, n.business_name, n.parent_venue_id, n.measures,
         string_to_array(n.measure_ids, ' '), n.event_start_time, n.event_end_time,
         n.name_consent, n.listed, n.drill, n.state, n.create_time, n.search_name, n.search_text,
         string_to_array(n.search_grams, ' '), n.twin_key, n.search_email
  FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::text[], $11::text[], $12::text[], $13::uuid[], $14::text[],
              $15::text[], $16::timestamptz[], $17::timestamptz[], $18::bool[], $19::bool[],
              $20::bool[], $21::text[], $22::timestamptz[], $23::text[], $24::text[], $25::text[],
              $26::bytea[], $27::text[])
    AS n (venue_id, request_id, name, kana, kind, postal_code, municipality, address, phone, email,
          business_name, parent_venue_id, measures, measure_ids, event_start_time, event_end_time,
          name_consent, listed, drill, state, create_time, search_name, search_text, search_grams,
          twin_key, search_email)
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

constexpr char kNewestCertificate[] = R"(
  SELECT version, state = 'withdrawn' AS withdrawn FROM registry.certificates
  WHERE venue_id = $1 ORDER BY version DESC LIMIT 1)";

constexpr char kSupersede[] = R"(
  UPDATE registry.certificates SET state = 'superseded', end_time = $2
  WHERE venue_id = ANY ($1::uuid[]) AND state = 'current')";

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
      business_name, measures, measure_ids, state, search_name, search_text, search_grams,
      search_email;
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
    search_email.Add(search.email);
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
        search_text.Param(), search_grams.Param(), twin_key.Param(), search_email.Param());
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

void InsertFirstHistory(pqxx::work& tx, std::span<const VenueAddition> additions) {
  std::vector<HistoryLine> lines;
  for (const auto& addition : additions) {
    lines.push_back({.venue_id = addition.venue.id,
                     .time = addition.venue.create_time,
                     .certificate_number = addition.certificate.number});
  }
  // All of them together were registered by one, for one reason.
  RecordChanges(tx, additions.front().note, lines);
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

absl::Status CheckIsNext(pqxx::work& tx, const IssuedCertificate& certificate) {
  const auto newest = tx.exec_params(kNewestCertificate, certificate.venue_id.value);
  const int version = newest.empty() ? 0 : newest[0]["version"].as<int>();
  if (version + 1 != certificate.version) return VenueChanged();
  return !newest.empty() && newest[0]["withdrawn"].as<bool>() ? VenueChanged() : absl::OkStatus();
}

void InsertNextCertificates(pqxx::work& tx, std::span<const IssuedCertificate* const> certificates,
                            absl::Time now) {
  postgres::UuidArray venues;
  for (const auto* certificate : certificates)
    venues.Add(certificate->venue_id.value).IgnoreError();
  tx.exec_params(kSupersede, venues.Param(), postgres::TimeParam(now));
  InsertCertificates(tx, certificates);
}

void InsertNextCertificate(pqxx::work& tx, const IssuedCertificate& certificate) {
  const IssuedCertificate* const only = &certificate;
  InsertNextCertificates(tx, {&only, 1}, certificate.issue_time);
}

}  // namespace oshirase::registry
