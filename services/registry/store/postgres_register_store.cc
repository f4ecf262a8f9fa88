#include "services/registry/store/postgres_register_store.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/store/register_conditions.h"
#include "services/registry/store/venue_row.h"

namespace oshirase::registry {
namespace {

// Every column that a filter's conditions are about.
constexpr char kHits[] = R"(
  hits AS MATERIALIZED (
    SELECT v.venue_id, v.kind, v.municipality, v.state, v.create_time FROM registry.venues AS v)";

constexpr char kById[] = " WHERE v.venue_id = $1";

constexpr char kCertificates[] = R"(
  FROM registry.certificates AS s WHERE s.venue_id = $1 ORDER BY s.version DESC LIMIT $2)";

constexpr char kChanges[] = R"(
  SELECT change_time, actor, action, array_to_string(fields, ' ') AS fields, reason
  FROM registry.venue_changes WHERE venue_id = $1 ORDER BY change_id DESC LIMIT $2)";

// Months as in Japan, which has no summer time.
constexpr char kCount[] = R"(
  SELECT kind, municipality, state, month, count(*) AS count,
         grouping(kind, municipality, state, month) AS without
  FROM (SELECT kind, municipality, state,
               to_char(create_time AT TIME ZONE interval '9 hours', 'YYYY-MM') AS month
        FROM registry.venues) AS v
  GROUP BY GROUPING SETS ((kind), (municipality), (state), (month)))";

constexpr char kFetch[] = "FETCH 200 FROM register_export";

auto ParametersOf(const RegisterConditions& conditions) {
  return pqxx::prepare::make_dynamic_params(conditions.parameters());
}

// "WITH hits ..." for a filter with words, which are looked up before anything else: an index on
// the order of pages would be walked in vain for a rare word. Otherwise nothing.
std::string HitsOf(const RegisterConditions& conditions) {
  const std::string words = conditions.WhereWords();
  return words.empty() ? "" : absl::StrCat("WITH", kHits, words, ") ");
}

// Where the filter's other conditions look.
const char* SourceOf(const RegisterConditions& conditions) {
  return conditions.WhereWords().empty() ? "registry.venues" : "hits";
}

// The ids of the page are found first, so that only its rows are read whole.
std::string PageQuery(RegisterConditions& conditions, const std::optional<VenueCursor>& after,
                      int limit) {
  if (after.has_value()) {
    conditions.And(absl::StrCat(
        "(v.create_time, v.venue_id) < (", conditions.Add(postgres::TimeParam(after->create_time)),
        "::timestamptz, ", conditions.Add(after->venue_id.value), "::uuid)"));
  }
  const std::string hits = HitsOf(conditions);
  return absl::StrCat(hits.empty() ? "WITH " : absl::StrCat(hits, ", "),
                      "page AS MATERIALIZED (SELECT v.venue_id FROM ", SourceOf(conditions),
                      " AS v", conditions.Where(),
                      " ORDER BY v.create_time DESC, v.venue_id DESC LIMIT ",
                      conditions.Add(absl::StrCat(limit)), "::int) ",
                      SelectEntries(" JOIN page ON page.venue_id = v.venue_id"
                                    " ORDER BY v.create_time DESC, v.venue_id DESC"));
}

std::string CountQuery(const RegisterConditions& conditions) {
  return absl::StrCat(HitsOf(conditions), "SELECT count(*) FROM ", SourceOf(conditions), " AS v",
                      conditions.Where());
}

std::string ExportQuery(const RegisterConditions& conditions) {
  const std::string hits = HitsOf(conditions);
  return absl::StrCat(
      "DECLARE register_export NO SCROLL CURSOR FOR ", hits,
      SelectEntries(absl::StrCat(hits.empty() ? "" : " JOIN hits ON hits.venue_id = v.venue_id",
                                 conditions.Where(), " ORDER BY v.create_time, v.venue_id")));
}

std::vector<CertificateSummary> ReadCertificates(pqxx::work& tx, const VenueId& id) {
  std::vector<CertificateSummary> certificates;
  for (const auto& row : tx.exec_params(absl::StrCat("SELECT ", kSummaryColumns, kCertificates),
                                        id.value, RegisterStore::kMaxCertificates)) {
    certificates.push_back(SummaryOf(row));
  }
  return certificates;
}

std::vector<EntryChange> ReadChanges(pqxx::work& tx, const VenueId& id) {
  std::vector<EntryChange> changes;
  for (const auto& row : tx.exec_params(kChanges, id.value, RegisterStore::kMaxChanges)) {
    changes.push_back(
        {.time = postgres::Time(row["change_time"]),
         .actor = row["actor"].as<std::string>(),
         .action = row["action"].as<std::string>(),
         .fields = absl::StrSplit(row["fields"].as<std::string>(), ' ', absl::SkipEmpty()),
         .reason = row["reason"].as<std::string>()});
  }
  return changes;
}

void KeepLargest(std::vector<RegisterCount>& counts, size_t most) {
  std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
    return std::tie(b.count, a.key) < std::tie(a.count, b.key);
  });
  if (counts.size() > most) counts.resize(most);
}

void KeepLast(std::vector<RegisterCount>& counts, size_t most) {
  std::sort(counts.begin(), counts.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  if (counts.size() > most) counts.erase(counts.begin(), counts.end() - static_cast<long>(most));
}

}  // namespace

absl::StatusOr<std::vector<RegisterEntry>> PostgresRegisterStore::Search(
    const RegisterFilter& filter, const std::optional<VenueCursor>& after, int limit) {
  RegisterConditions conditions(filter);
  const std::string query = PageQuery(conditions, after, limit);
  std::vector<RegisterEntry> entries;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    entries = EntriesOf(tx.exec_params(query, ParametersOf(conditions)));
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return entries;
}

absl::StatusOr<std::optional<OwnVenue>> PostgresRegisterStore::FindVenue(const VenueId& id) {
  std::optional<OwnVenue> found;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto rows = tx.exec_params(SelectOwnVenues(kById), id.value);
    if (!rows.empty()) found = OwnVenueOf(rows[0]);
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return found;
}

absl::StatusOr<std::optional<EntryFile>> PostgresRegisterStore::ReadFile(const VenueId& id) {
  std::optional<EntryFile> file;
  const auto read = [&](pqxx::work& tx) {
    const auto entries = EntriesOf(tx.exec_params(SelectEntries(kById), id.value));
    if (entries.empty()) return absl::OkStatus();
    const auto own = OwnVenueOf(tx.exec_params1(SelectOwnVenues(kById), id.value));
    file = EntryFile{.entry = entries.front(),
                     .measures = {},
                     .certificates = ReadCertificates(tx, id),
                     .changes = ReadChanges(tx, id)};
    if (own.certificate.has_value()) file->measures = own.certificate->sheet.measures;
    return absl::OkStatus();
  };
  const auto done =
      postgres::RunInTransaction(pool_, read, {.isolation = postgres::Isolation::kRepeatableRead});
  if (!done.ok()) return done;
  return file;
}

absl::StatusOr<RegisterCounts> PostgresRegisterStore::Count() {
  RegisterCounts counts;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    // One bit for each of the four, from the left, that a row is not about.
    const std::tuple<int, const char*, std::vector<RegisterCount>*> sets[] = {
        {0b0111, "kind", &counts.by_kind},
        {0b1011, "municipality", &counts.by_municipality},
        {0b1101, "state", &counts.by_state},
        {0b1110, "month", &counts.by_month}};
    for (const auto& row : tx.exec(kCount)) {
      for (const auto& [without, column, list] : sets) {
        if (row["without"].as<int>() != without) continue;
        list->push_back(
            {.key = row[column].as<std::string>(), .count = row["count"].as<int64_t>()});
      }
    }
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  KeepLargest(counts.by_kind, counts.by_kind.size());
  KeepLargest(counts.by_municipality, kMaxMunicipalities);
  KeepLast(counts.by_state, counts.by_state.size());
  KeepLast(counts.by_month, kMaxMonths);
  return counts;
}

absl::Status PostgresRegisterStore::Export(const RegisterFilter& filter, const ExportSink& sink) {
  const RegisterConditions conditions(filter);
  // The sink has effects of its own, so this must run once; what only reads, and the same snapshot
  // throughout, meets no conflict that it would be repeated for.
  const auto read = [&](pqxx::work& tx) -> absl::Status {
    const auto count = tx.exec_params1(CountQuery(conditions), ParametersOf(conditions));
    RETURN_IF_ERROR(sink.begin(count[0].as<int64_t>()));
    tx.exec_params0(ExportQuery(conditions), ParametersOf(conditions));
    for (;;) {
      const auto rows = tx.exec(kFetch);
      if (rows.empty()) return absl::OkStatus();
      RETURN_IF_ERROR(sink.take(EntriesOf(rows)));
    }
  };
  return postgres::RunInTransaction(exports_, read,
                                    {.isolation = postgres::Isolation::kRepeatableRead});
}

}  // namespace oshirase::registry
