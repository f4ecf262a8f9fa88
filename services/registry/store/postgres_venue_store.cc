#include "services/registry/store/postgres_venue_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/text.h"
#include "services/registry/store/audit_entry.h"
#include "services/registry/store/venue_history.h"
#include "services/registry/store/venue_places.h"
#include "services/registry/store/venue_row.h"
#include "services/registry/store/venue_writer.h"

namespace oshirase::registry {
namespace {

constexpr char kFindAddition[] = R"(
  SELECT venue_id, business_id FROM registry.venues WHERE request_id = $1)";

constexpr char kInsertCode[] = R"(
  INSERT INTO registry.venue_codes (code, venue_id, request_id, create_time)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING)";

constexpr char kFindRequest[] = R"(
  SELECT venue_id FROM registry.venue_codes WHERE request_id = $1)";

constexpr char kLockVenue[] = R"(
  SELECT venue_id FROM registry.venues WHERE venue_id = $1 FOR UPDATE)";

constexpr char kEndCodes[] = R"(
  UPDATE registry.venue_codes SET end_time = $2
  WHERE venue_id = $1 AND (end_time IS NULL OR end_time > $2))";

constexpr char kSetState[] = R"(
  UPDATE registry.venues SET state = $2 WHERE venue_id = $1 AND state <> $2)";

// The grams narrow it down by index; then the words themselves are looked for (they hold letters
// and digits only, so nothing in them is a wildcard). Ranking ids before reading whole rows makes a
// search for half of the register four times faster. COLLATE "C": the same order on every server.
constexpr char kHits[] = R"(
  WITH hits AS MATERIALIZED (
    SELECT v.venue_id,
           row_number() OVER (
             ORDER BY CASE WHEN v.search_name = $3 THEN 0
                           WHEN starts_with(v.search_name, $3) THEN 1
                           WHEN strpos(v.search_name, $3) > 0 THEN 2
                           ELSE 3 END,
                      v.search_name COLLATE "C", v.venue_id) AS place
    FROM registry.venues AS v
    WHERE v.search_grams @> $1::text[] AND v.search_text LIKE ALL ($2::text[])
    ORDER BY place
    LIMIT $4 OFFSET $5))";

// What follows SelectVenues() of venue_row.h.
constexpr char kById[] = R"( WHERE v.venue_id = $1)";
constexpr char kByIds[] = R"( WHERE v.venue_id = ANY ($1::uuid[]))";
constexpr char kOfHits[] = R"( JOIN hits ON hits.venue_id = v.venue_id ORDER BY hits.place)";
constexpr char kByCode[] = R"(
  WHERE v.venue_id = (SELECT venue_id FROM registry.venue_codes
                      WHERE code = $1 AND (end_time IS NULL OR end_time > $2)))";
constexpr char kByAnyCode[] = R"(
  WHERE v.venue_id = (SELECT venue_id FROM registry.venue_codes WHERE code = $1))";

absl::StatusOr<Venue> SelectOne(pqxx::work& tx, const char* where, const std::string& key) {
  const auto rows = tx.exec_params(SelectVenues(where), key);
  if (rows.empty()) return VenueNotFound();
  return VenueOf(rows[0]);
}

// Returns ALREADY_EXISTS when the code is taken, REQUEST_ID_REUSED when the request id is.
absl::Status InsertCode(pqxx::work& tx, const CodeReplacement& code) {
  const auto inserted = tx.exec_params(kInsertCode, code.new_code, code.venue_id.value,
                                       code.request_id, postgres::TimeParam(code.now));
  if (inserted.affected_rows() == 1) return absl::OkStatus();
  if (!tx.exec_params(kFindRequest, code.request_id).empty()) return RequestIdReused();
  return absl::AlreadyExistsError("the venue code is taken");
}

// The venue that an earlier call with this request id stored, or nothing. Returns REQUEST_ID_REUSED
// when it is not of `business_id`.
absl::StatusOr<std::optional<Venue>> FindAddition(pqxx::work& tx, const std::string& request_id,
                                                  const BusinessId& business_id) {
  const auto rows = tx.exec_params(kFindAddition, request_id);
  if (rows.empty()) return std::nullopt;
  if (rows[0][1].as<std::string>("") != business_id.value) return RequestIdReused();
  return SelectOne(tx, kById, rows[0][0].as<std::string>());
}

absl::StatusOr<std::optional<Venue>> OnlyOne(const absl::Status& done, std::vector<Venue> venues) {
  if (!done.ok()) return done;
  if (venues.empty()) return std::nullopt;
  return std::move(venues.front());
}

}  // namespace

absl::StatusOr<Venue> PostgresVenueStore::Insert(const VenueAddition& addition) {
  const Venue& venue = addition.venue;
  ASSIGN_OR_RETURN(const auto mails, mails_.PrepareAll(addition.mails));
  Venue stored;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    BusinessId business_id = venue.business_id;
    if (business_id.value.empty()) {
      business_id = LockBusinessOf(tx, venue.details.email, venue.create_time);
    } else {
      LockBusiness(tx, business_id);
    }
    ASSIGN_OR_RETURN(auto earlier, FindAddition(tx, addition.request_id, business_id));
    if (earlier.has_value()) {
      stored = *std::move(earlier);
      return absl::OkStatus();
    }
    RETURN_IF_ERROR(CheckPlaces(tx, business_id, {&addition, 1}));
    RETURN_IF_ERROR(InsertVenues(tx, business_id, {&addition, 1}));
    EnqueueAll(tx, mails);
    ASSIGN_OR_RETURN(stored, SelectOne(tx, kById, venue.id.value));
    return log_.Append(tx, ToEntry(addition.note));
  });
  if (!done.ok()) return done;
  mails_.Wake();
  return stored;
}

absl::StatusOr<std::optional<Venue>> PostgresVenueStore::FindByCode(const std::string& code,
                                                                    absl::Time now) {
  std::vector<Venue> venues;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    venues = VenuesOf(tx.exec_params(SelectVenues(kByCode), code, postgres::TimeParam(now)));
    return absl::OkStatus();
  });
  return OnlyOne(done, std::move(venues));
}

absl::StatusOr<std::optional<Venue>> PostgresVenueStore::FindByAnyCode(const std::string& code) {
  std::vector<Venue> venues;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    venues = VenuesOf(tx.exec_params(SelectVenues(kByAnyCode), code));
    return absl::OkStatus();
  });
  return OnlyOne(done, std::move(venues));
}

absl::StatusOr<std::vector<Venue>> PostgresVenueStore::BatchGet(const std::vector<VenueId>& ids) {
  postgres::UuidArray array(ids.size());
  for (const auto& id : ids) RETURN_IF_ERROR(array.Add(id.value));
  std::vector<Venue> venues;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    venues = VenuesOf(tx.exec_params(SelectVenues(kByIds), array.Param()));
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return venues;
}

absl::StatusOr<std::vector<Venue>> PostgresVenueStore::Search(const VenueQuery& query) {
  postgres::TextArray grams;
  postgres::TextArray patterns(query.words.size());
  for (const auto& word : query.words) {
    patterns.Add(absl::StrCat("%", word, "%"));
    for (const auto& gram : QueryGramsOf(word)) grams.Add(gram);
  }
  std::vector<Venue> venues;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    venues = VenuesOf(tx.exec_params(absl::StrCat(kHits, SelectVenues(kOfHits)), grams.Param(),
                                     patterns.Param(), query.whole, query.limit, query.offset));
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return venues;
}

absl::StatusOr<Venue> PostgresVenueStore::ReplaceCode(const CodeReplacement& replacement,
                                                      const AuditNote& note) {
  Venue stored;
  const std::string& id = replacement.venue_id.value;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    // The lock puts replacements of one venue in a line, repeats of a request included.
    if (tx.exec_params(kLockVenue, id).empty()) return VenueNotFound();
    const auto earlier = tx.exec_params(kFindRequest, replacement.request_id);
    if (earlier.empty()) {
      tx.exec_params(kEndCodes, id, postgres::TimeParam(replacement.now + replacement.grace));
      RETURN_IF_ERROR(InsertCode(tx, replacement));
    } else if (earlier[0][0].as<std::string>() != id) {
      return RequestIdReused();
    }
    ASSIGN_OR_RETURN(stored, SelectOne(tx, kById, id));
    if (!earlier.empty()) return absl::OkStatus();
    RecordChange(tx, note, {.venue_id = replacement.venue_id, .time = replacement.now});
    return log_.Append(tx, ToEntry(note));
  });
  if (!done.ok()) return done;
  return stored;
}

absl::StatusOr<Venue> PostgresVenueStore::SetState(const StateChange& change) {
  ASSIGN_OR_RETURN(const auto mails, mails_.PrepareAll(change.mails));
  Venue stored;
  const std::string& id = change.venue_id.value;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    if (tx.exec_params(kLockVenue, id).empty()) return VenueNotFound();
    const bool changes = tx.exec_params(kSetState, id, NameOf(change.state)).affected_rows() > 0;
    ASSIGN_OR_RETURN(stored, SelectOne(tx, kById, id));
    if (!changes) return log_.Append(tx, ToEntry(Repeated(change.note)));
    RecordChange(tx, change.note, {.venue_id = change.venue_id, .time = change.now});
    EnqueueAll(tx, mails);
    return log_.Append(tx, ToEntry(change.note));
  });
  if (!done.ok()) return done;
  mails_.Wake();
  return stored;
}

}  // namespace oshirase::registry
