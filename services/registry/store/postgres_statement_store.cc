#include "services/registry/store/postgres_statement_store.h"

#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/release_rules.h"
#include "services/registry/store/audit_entry.h"

namespace oshirase::registry {
namespace {

constexpr char kFind[] = R"(
  SELECT case_id, first_release_time, release_end_time, void_time
  FROM registry.statements WHERE statement_sha256 = $1)";

// The lock orders a release and a voiding of the same statement.
constexpr char kFindForUpdate[] = R"(
  SELECT case_id, first_release_time, release_end_time, void_time
  FROM registry.statements WHERE statement_sha256 = $1 FOR UPDATE)";

// A conflict on either key: the statement is there, or the case has another one.
constexpr char kInsertRelease[] = R"(
  INSERT INTO registry.statements
    (statement_sha256, case_id, first_release_time, release_end_time)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING)";

constexpr char kVoid[] = R"(
  INSERT INTO registry.statements AS s (statement_sha256, void_time) VALUES ($1, $2)
  ON CONFLICT (statement_sha256) DO UPDATE SET void_time = excluded.void_time
  WHERE s.void_time IS NULL)";

pqxx::binarystring Param(const crypto::Digest& digest) {
  return postgres::BytesParam(
      absl::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

StatementRecord RecordOf(const pqxx::result& rows) {
  StatementRecord record;
  if (rows.empty()) return record;
  const auto row = rows[0];
  record.void_time = postgres::NullableTime(row["void_time"]);
  if (!row["case_id"].is_null()) {
    record.release = ReleaseRecord{.case_id = row["case_id"].as<std::string>(),
                                   .first_time = postgres::Time(row["first_release_time"]),
                                   .end_time = postgres::Time(row["release_end_time"])};
  }
  return record;
}

}  // namespace

absl::StatusOr<StatementRecord> PostgresStatementStore::Find(const crypto::Digest& digest) {
  StatementRecord record;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    record = RecordOf(tx.exec_params(kFind, Param(digest)));
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return record;
}

absl::StatusOr<ReleaseRecord> PostgresStatementStore::RecordRelease(const crypto::Digest& digest,
                                                                    const ReleaseRecord& release,
                                                                    const AuditNote& note) {
  ReleaseRecord first;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    tx.exec_params(kInsertRelease, Param(digest), release.case_id,
                   postgres::TimeParam(release.first_time), postgres::TimeParam(release.end_time));
    const StatementRecord record = RecordOf(tx.exec_params(kFindForUpdate, Param(digest)));
    RETURN_IF_ERROR(CheckRecord(record, release.case_id, release.first_time));
    // Not inserted although the statement is unknown: its case has another one.
    if (!record.release.has_value())
      return ReleaseRefused("STATEMENT_OF_OTHER_CASE", "the case has another statement");
    first = *record.release;
    return log_.Append(tx, ToEntry(note));
  });
  if (!done.ok()) return done;
  return first;
}

absl::Status PostgresStatementStore::RecordVoid(const crypto::Digest& digest, absl::Time now,
                                                const AuditNote& note) {
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    const bool changed =
        tx.exec_params(kVoid, Param(digest), postgres::TimeParam(now)).affected_rows() == 1;
    return changed ? log_.Append(tx, ToEntry(note)) : absl::OkStatus();
  });
}

}  // namespace oshirase::registry
