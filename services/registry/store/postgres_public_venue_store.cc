#include "services/registry/store/postgres_public_venue_store.h"

#include "absl/strings/str_cat.h"
#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/domain/text.h"
#include "services/registry/store/listed_venue_spool.h"
#include "services/registry/store/venue_row.h"

namespace oshirase::registry {
namespace {

constexpr char kNewestNumber[] = R"(
  SELECT certificate_number FROM registry.certificates
  WHERE venue_id = $1 ORDER BY version DESC LIMIT 1)";

// The venues that are listed, with the certificate that holds. The index venues_listed has the same
// condition.
constexpr char kListed[] = R"(
  FROM registry.venues AS v
  JOIN registry.certificates AS s ON s.venue_id = v.venue_id AND s.state = 'current'
  WHERE v.listed AND v.state = 'open' AND NOT v.drill)";

constexpr char kColumns[] = R"(
  v.venue_id, v.name, v.kana, v.kind, v.postal_code, v.municipality, v.address, v.phone,
  v.event_start_time, v.event_end_time, v.inspect_time)";

// Of one kind, or of any. $1 kind, $2 limit, $3 offset.
constexpr char kOfKind[] = R"( AND ($1 = '' OR v.kind = $1))";

// Without words: by name, in the order of the index venues_listed, so that a page reads little more
// than itself.
constexpr char kByName[] = R"(,
  page AS (
    SELECT v.venue_id, s.certificate_number, s.issue_time, 0 AS rank,
           left(v.search_name, 100) COLLATE "C" AS name)";
constexpr char kNamePage[] = R"(
    ORDER BY left(v.search_name, 100) COLLATE "C", v.venue_id LIMIT $2 OFFSET $3))";

// With words, $4 grams and $5 patterns; ranked by $6. See PostgresVenueStore for the ways of it.
constexpr char kHits[] = R"(
  WITH hits AS MATERIALIZED (
    SELECT v.venue_id, s.certificate_number, s.issue_time, v.search_name COLLATE "C" AS name,
           CASE WHEN v.search_name = $6 THEN 0
                WHEN starts_with(v.search_name, $6) THEN 1
                WHEN strpos(v.search_name, $6) > 0 THEN 2
                ELSE 3 END AS rank)";
constexpr char kMatching[] = R"(
      AND v.search_grams @> $4::text[] AND v.search_text LIKE ALL ($5::text[])),
  matches AS (SELECT least(count(*), 10000) AS match_count FROM hits),
  page AS (SELECT * FROM hits ORDER BY rank, name, venue_id LIMIT $2 OFFSET $3))";

// One row at least, so that a page behind the last one tells the count too.
constexpr char kFromPage[] = R"(
  FROM matches AS m
  LEFT JOIN (page AS p JOIN registry.venues AS v ON v.venue_id = p.venue_id) ON true
  ORDER BY p.rank, p.name, p.venue_id)";

std::string ShowPage() {
  return absl::StrCat(" SELECT m.match_count, p.certificate_number, p.issue_time, ", kColumns,
                      kFromPage);
}

std::string ByNameSql() {
  return absl::StrCat("WITH matches AS (SELECT count(*) AS match_count FROM (SELECT 1 ", kListed,
                      kOfKind, " LIMIT ", kMaxMatchCount, ") AS counted)", kByName, kListed,
                      kOfKind, kNamePage, ShowPage());
}

std::string ByWordsSql() {
  static_assert(kMaxMatchCount == 10'000);  // stands in kMatching
  return absl::StrCat(kHits, kListed, kOfKind, kMatching, ShowPage());
}

ListedVenue ListedOf(const pqxx::row& row) {
  return {.id = {row["venue_id"].as<std::string>()},
          .name = row["name"].as<std::string>(),
          .kana = row["kana"].as<std::string>(),
          .kind = row["kind"].as<std::string>(),
          .postal_code = row["postal_code"].as<std::string>(),
          .municipality = row["municipality"].as<std::string>(),
          .address = row["address"].as<std::string>(),
          .phone = row["phone"].as<std::string>(),
          .certificate_number = row["certificate_number"].as<std::string>(),
          .issue_time = postgres::Time(row["issue_time"]),
          .event_start = postgres::NullableTime(row["event_start_time"]),
          .event_end = postgres::NullableTime(row["event_end_time"]),
          .inspect_time = postgres::NullableTime(row["inspect_time"])};
}

ListedMatches MatchesOf(const pqxx::result& rows) {
  ListedMatches matches{.venues = {}, .match_count = rows.at(0)["match_count"].as<int>()};
  for (const auto& row : rows) {
    if (!row["venue_id"].is_null()) matches.venues.push_back(ListedOf(row));
  }
  return matches;
}

pqxx::result SelectMatches(pqxx::nontransaction& tx, const ListedQuery& query) {
  if (query.words.empty())
    return tx.exec_params(ByNameSql(), query.kind, query.limit, query.offset);
  postgres::TextArray grams;
  postgres::TextArray patterns(query.words.size());
  for (const auto& word : query.words) {
    patterns.Add(absl::StrCat("%", word, "%"));
    for (const auto& gram : QueryGramsOf(word)) grams.Add(gram);
  }
  return tx.exec_params(ByWordsSql(), query.kind, query.limit, query.offset, grams.Param(),
                        patterns.Param(), query.whole);
}

}  // namespace

absl::StatusOr<std::optional<PublishedCertificate>> PostgresPublicVenueStore::FindCertificate(
    const std::string& number) {
  std::optional<PublishedCertificate> found;
  // One snapshot: a certificate must not be superseded by itself.
  const auto done = postgres::RunInTransaction(
      pool_,
      [&](pqxx::work& tx) {
        found.reset();
        const auto rows = tx.exec_params(SelectVenueOfCertificate(), number);
        if (rows.empty()) return absl::OkStatus();
        OwnVenue own = OwnVenueOf(rows[0]);
        found = PublishedCertificate{
            .certificate = *std::move(own.certificate),
            .venue_state = own.venue.state,
            .may_show_address = own.venue.details.listed,
            .inspect_time = own.inspect_time,
            .newest_number =
                tx.exec_params1(kNewestNumber, own.venue.id.value)[0].as<std::string>()};
        return absl::OkStatus();
      },
      {.isolation = postgres::Isolation::kRepeatableRead});
  if (!done.ok()) return done;
  return found;
}

absl::StatusOr<ListedMatches> PostgresPublicVenueStore::Search(const ListedQuery& query) {
  ListedMatches matches;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    matches = MatchesOf(SelectMatches(tx, query));
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return matches;
}

absl::Status PostgresPublicVenueStore::ReadListed(size_t batch, TakeListedVenues take) {
  std::optional<ListedVenueSpool> spool;
  const auto read = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    ASSIGN_OR_RETURN(spool, ListedVenueSpool::Create(temp_directory_));
    // A cursor sees what there was when it was declared.
    tx.exec0(absl::StrCat("DECLARE listed NO SCROLL CURSOR FOR SELECT ", kColumns,
                          ", s.certificate_number, s.issue_time ", kListed,
                          " ORDER BY v.venue_id"));
    for (pqxx::result rows; !(rows = tx.exec("FETCH 500 FROM listed")).empty();) {
      for (const auto& row : rows) RETURN_IF_ERROR(spool->Add(ListedOf(row)));
    }
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  return spool->ReadAll(batch, take);
}

}  // namespace oshirase::registry
