#include "services/registry/store/postgres_code_change_store.h"

#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/postgres/transaction.h"

namespace oshirase::registry {
namespace {

// One statement, so that the codes and the next cursor are of one snapshot. A cursor is the oldest
// transaction still open then, and the database's time. The row of the cursor always comes, once
// per code, or once with a null code.
constexpr char kSince[] = R"(
  WITH now AS (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin,
                      extract(epoch FROM clock_timestamp())::bigint AS seconds)
  SELECT now.xmin, now.seconds, changed.code,
         $1::xid8 > now.xmin OR $2::bigint NOT BETWEEN now.seconds - 1800 AND now.seconds AS reset
  FROM now
  LEFT JOIN (SELECT DISTINCT code FROM registry.code_changes WHERE xid >= $1::xid8
             LIMIT $3) AS changed ON true)";

constexpr char kForget[] = R"(
  DELETE FROM registry.code_changes WHERE change_time < now() - interval '1 hour')";

struct Cursor {
  uint64_t xmin = 0;
  int64_t seconds = 0;
};

std::optional<Cursor> Parse(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '.');
  Cursor cursor;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &cursor.xmin) ||
      !absl::SimpleAtoi(parts[1], &cursor.seconds)) {
    return std::nullopt;
  }
  return cursor;
}

}  // namespace

absl::StatusOr<CodeChanges> PostgresCodeChangeStore::Since(const std::string& cursor, int limit) {
  const auto parsed = Parse(cursor);
  const Cursor from = parsed.value_or(Cursor{});
  CodeChanges changes;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto rows = tx.exec_params(kSince, absl::StrCat(from.xmin), from.seconds, limit + 1);
    const auto& first = rows[0];
    changes.cursor = absl::StrCat(first[0].c_str(), ".", first[1].c_str());
    changes.reset = !parsed.has_value() || first[3].as<bool>() ||
                    rows.size() > static_cast<pqxx::result::size_type>(limit);
    if (changes.reset) return absl::OkStatus();
    for (const auto& row : rows) {
      if (!row[2].is_null()) changes.codes.emplace_back(row[2].c_str());
    }
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return changes;
}

absl::Status PostgresCodeChangeStore::ForgetOld() {
  return postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    tx.exec(kForget);
    return absl::OkStatus();
  });
}

}  // namespace oshirase::registry
