#include "services/checkin/store/postgres_visit_store.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/string_view.h"
#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"

namespace oshirase::checkin {
namespace {

// RETURNING names the rows that were new; of two with one id in one batch, the first.
constexpr char kInsert[] = R"sql(
  INSERT INTO checkin.visits (day, venue_id, hour, visit_id, sealed)
  SELECT * FROM unnest($1::date[], $2::uuid[], $3::int2[], $4::bytea[], $5::bytea[])
  ON CONFLICT DO NOTHING
  RETURNING visit_id)sql";

constexpr char kCount[] = R"sql(
  SELECT hour, count(*) FROM checkin.visits WHERE day = $1 AND venue_id = $2 GROUP BY hour)sql";

// By the primary key of each day's partition: no row is read.
constexpr char kCountDays[] = R"sql(
  SELECT day, count(*) FROM checkin.visits
  WHERE day BETWEEN $1 AND $2 AND venue_id = $3
  GROUP BY day)sql";

constexpr char kRead[] = R"sql(
  SELECT hour, visit_id, sealed FROM checkin.visits
  WHERE day = $1 AND venue_id = $2 AND hour = ANY($3::int2[])
    AND (hour, visit_id) > ($4::int2, $5::bytea)
  ORDER BY hour, visit_id
  LIMIT $6)sql";

constexpr char kScan[] = R"sql(
  SELECT venue_id, hour, visit_id FROM checkin.visits
  WHERE day = $1 AND (venue_id, hour, visit_id) > ($2::uuid, $3::int2, $4::bytea)
  ORDER BY venue_id, hour, visit_id
  LIMIT $5)sql";

absl::string_view View(const VisitId& id) {
  return {reinterpret_cast<const char*>(id.data()), id.size()};
}

VisitId ToVisitId(const std::string& bytes) {
  VisitId id{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), id.size()), id.begin());
  return id;
}

// Before every row: hour -1 is below all, an empty id too.
struct CursorParams {
  explicit CursorParams(const std::optional<VisitCursor>& cursor)
      : venue(ids::FormatUuid(cursor.has_value() ? cursor->venue : VenueId{})),
        hour(cursor.has_value() ? cursor->hour : -1),
        id(postgres::BytesParam(cursor.has_value() ? View(cursor->id) : "")) {}
  std::string venue;
  int hour;
  pqxx::binarystring id;
};

}  // namespace

void PostgresVisitStore::PrepareStatements(pqxx::connection_base& connection) {
  connection.prepare("visits_insert", kInsert);
  connection.prepare("visits_count", kCount);
  connection.prepare("visits_count_days", kCountDays);
  connection.prepare("visits_read", kRead);
  connection.prepare("visits_scan", kScan);
}

absl::StatusOr<std::vector<bool>> PostgresVisitStore::Insert(const std::vector<Visit>& visits) {
  postgres::DateArray days(visits.size());
  postgres::UuidArray venues(visits.size());
  postgres::Int2Array hours(visits.size());
  postgres::ByteaArray ids(visits.size());
  postgres::ByteaArray seals(visits.size());
  for (const auto& visit : visits) {
    days.Add(visit.day.value);
    RETURN_IF_ERROR(
        venues.AddRaw({reinterpret_cast<const char*>(visit.venue.data()), visit.venue.size()}));
    hours.Add(static_cast<int16_t>(visit.hour));
    ids.Add(View(visit.id));
    seals.Add(visit.sealed);
  }

  std::set<VisitId> inserted;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& statement) {
    const auto rows = statement.exec_prepared("visits_insert", days.Param(), venues.Param(),
                                              hours.Param(), ids.Param(), seals.Param());
    for (const auto& row : rows) inserted.insert(ToVisitId(postgres::Bytes(row[0])));
    return absl::OkStatus();
  }));

  std::vector<bool> is_new;
  is_new.reserve(visits.size());
  for (const auto& visit : visits) is_new.push_back(inserted.erase(visit.id) == 1);
  return is_new;
}

absl::StatusOr<std::vector<HourCounts>> PostgresVisitStore::Count(
    const std::vector<VenueHours>& list) {
  std::vector<HourCounts> counts;
  RETURN_IF_ERROR(postgres::RunInTransaction(pool_, [&](pqxx::work& tx) {
    counts.assign(list.size(), HourCounts{});
    for (size_t i = 0; i < list.size(); ++i) {
      const auto rows = tx.exec_prepared("visits_count", postgres::DateParam(list[i].day.value),
                                         ids::FormatUuid(list[i].venue));
      for (const auto& row : rows) {
        const auto hour = row[0].as<int>();
        if (list[i].Has(hour)) counts[i].at(static_cast<size_t>(hour)) = row[1].as<uint32_t>();
      }
    }
    return absl::OkStatus();
  }));
  return counts;
}

absl::StatusOr<std::vector<uint32_t>> PostgresVisitStore::CountDays(const VenueId& venue, Day first,
                                                                    Day last) {
  std::vector<uint32_t> counts;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& statement) {
    const auto rows =
        statement.exec_prepared("visits_count_days", postgres::DateParam(first.value),
                                postgres::DateParam(last.value), ids::FormatUuid(venue));
    counts.assign(static_cast<size_t>(last.value - first.value + 1), 0);
    for (const auto& row : rows)
      counts.at(static_cast<size_t>(postgres::Date(row[0]) - first.value)) = row[1].as<uint32_t>();
    return absl::OkStatus();
  }));
  return counts;
}

absl::StatusOr<std::vector<Visit>> PostgresVisitStore::Read(const VenueHours& where,
                                                            const std::optional<VisitCursor>& after,
                                                            int limit) {
  postgres::Int2Array hours;
  for (int hour = 0; hour < 24; ++hour) {
    if (where.Has(hour)) hours.Add(static_cast<int16_t>(hour));
  }
  const CursorParams cursor(after);
  std::vector<Visit> visits;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& statement) {
    const auto rows = statement.exec_prepared("visits_read", postgres::DateParam(where.day.value),
                                              ids::FormatUuid(where.venue), hours.Param(),
                                              cursor.hour, cursor.id, limit);
    visits.reserve(rows.size());
    for (const auto& row : rows) {
      visits.push_back({.id = ToVisitId(postgres::Bytes(row[1])),
                        .day = where.day,
                        .hour = row[0].as<int>(),
                        .venue = where.venue,
                        .sealed = postgres::Bytes(row[2])});
    }
    return absl::OkStatus();
  }));
  return visits;
}

absl::StatusOr<std::vector<Visit>> PostgresVisitStore::Scan(Day day,
                                                            const std::optional<VisitCursor>& after,
                                                            int limit) {
  const CursorParams cursor(after);
  std::vector<Visit> visits;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& statement) {
    const auto rows = statement.exec_prepared("visits_scan", postgres::DateParam(day.value),
                                              cursor.venue, cursor.hour, cursor.id, limit);
    visits.reserve(rows.size());
    for (const auto& row : rows) {
      const auto venue = ids::ParseUuid(row[0].c_str());
      if (!venue.ok()) return venue.status();
      visits.push_back({.id = ToVisitId(postgres::Bytes(row[2])),
                        .day = day,
                        .hour = row[1].as<int>(),
                        .venue = *venue});
    }
    return absl::OkStatus();
  }));
  return visits;
}

absl::Status PostgresVisitStore::EnsureDay(Day day) {
  return postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& statement) {
    statement.exec_params("SELECT checkin.ensure_day($1)", postgres::DateParam(day.value));
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<Day>> PostgresVisitStore::Days() {
  std::vector<Day> days;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& statement) {
    for (const auto& row : statement.exec("SELECT checkin.days()")) {
      days.push_back(Day{postgres::Date(row[0])});
    }
    return absl::OkStatus();
  }));
  return days;
}

absl::Status PostgresVisitStore::DropDay(Day day) {
  return postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& statement) {
    statement.exec_params("SELECT checkin.drop_day($1)", postgres::DateParam(day.value));
    return absl::OkStatus();
  });
}

}  // namespace oshirase::checkin
