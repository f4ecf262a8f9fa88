#include "common/keyring/postgres_key_book.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_replace.h"
#include "common/crypto/big_endian.h"
#include "common/keyring/errors.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"

namespace oshirase::keyring {
namespace {

// In all of them: TABLE and LABEL as configured, $1 the purpose, $2 the label.

constexpr char kFind[] = R"(
  SELECT purpose, LABEL::text, fingerprint, made_at, destroyed_at
  FROM TABLE WHERE purpose = $1 AND LABEL = $2)";

constexpr char kList[] = R"(
  SELECT purpose, LABEL::text, fingerprint, made_at, destroyed_at
  FROM TABLE WHERE purpose = $1 ORDER BY LABEL)";

constexpr char kInsert[] = R"(
  INSERT INTO TABLE (purpose, LABEL, fingerprint, made_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (LABEL, purpose) DO NOTHING)";

constexpr char kMarkDestroyed[] = R"(
  UPDATE TABLE SET destroyed_at = $3 WHERE purpose = $1 AND LABEL = $2 AND destroyed_at IS NULL)";

constexpr char kReplace[] = R"(
  UPDATE TABLE SET fingerprint = $3, made_at = $4
  WHERE purpose = $1 AND LABEL = $2 AND fingerprint = $5 AND destroyed_at IS NULL)";

KeyRecord ToRecord(const pqxx::row& row) {
  KeyRecord record;
  record.name = {row[0].as<std::string>(), row[1].as<std::string>()};
  const std::string fingerprint = postgres::Bytes(row[2]);
  std::copy_n(fingerprint.begin(), record.fingerprint.size(), record.fingerprint.begin());
  record.made_at = postgres::Time(row[3]);
  record.destroyed_at = postgres::NullableTime(row[4]);
  return record;
}

pqxx::binarystring Param(const Fingerprint& fingerprint) {
  return postgres::BytesParam(std::string(crypto::AsText(fingerprint)));
}

}  // namespace

const char* NameOf(KeyEvent::Kind kind) {
  switch (kind) {
    case KeyEvent::Kind::kMade:
      return "made";
    case KeyEvent::Kind::kDestroyed:
      return "destroyed";
    case KeyEvent::Kind::kReplaced:
      return "replaced";
  }
  return "";
}

PostgresKeyBook PostgresKeyBook::OfDays(postgres::Pool& pool, const std::string& schema,
                                        KeyEventHook hook) {
  return {pool, Statements(schema + ".day_keys", "day"), Labels::kDays, std::move(hook)};
}

PostgresKeyBook PostgresKeyBook::OfNames(postgres::Pool& pool, const std::string& schema,
                                         KeyEventHook hook) {
  return {pool, Statements(schema + ".named_keys", "label"), Labels::kWords, std::move(hook)};
}

PostgresKeyBook::PostgresKeyBook(postgres::Pool& pool, Sql sql, Labels labels, KeyEventHook hook)
    : pool_(pool), sql_(std::move(sql)), labels_(labels), hook_(std::move(hook)) {}

PostgresKeyBook::Sql PostgresKeyBook::Statements(const std::string& table,
                                                 const std::string& label_column) {
  const auto statement = [&](const char* text) {
    return absl::StrReplaceAll(text, {{"TABLE", table}, {"LABEL", label_column}});
  };
  return {.find = statement(kFind),
          .list = statement(kList),
          .insert = statement(kInsert),
          .mark_destroyed = statement(kMarkDestroyed),
          .replace = statement(kReplace)};
}

absl::StatusOr<std::optional<KeyRecord>> PostgresKeyBook::Find(const KeyName& name) {
  RETURN_IF_ERROR(Check(name));
  std::optional<KeyRecord> record;
  RETURN_IF_ERROR(postgres::RunInTransaction(pool_, [&](pqxx::work& tx) {
    record = FindIn(tx, name);
    return absl::OkStatus();
  }));
  return record;
}

absl::StatusOr<std::vector<KeyRecord>> PostgresKeyBook::List(const std::string& purpose) {
  std::vector<KeyRecord> records;
  RETURN_IF_ERROR(postgres::RunInTransaction(pool_, [&](pqxx::work& tx) {
    records.clear();
    for (const auto& row : tx.exec_params(sql_.list, purpose)) records.push_back(ToRecord(row));
    return absl::OkStatus();
  }));
  return records;
}

absl::StatusOr<KeyRecord> PostgresKeyBook::Record(const KeyRecord& record) {
  RETURN_IF_ERROR(Check(record.name));
  std::optional<KeyRecord> recorded;
  const auto insert = [&](pqxx::work& tx) -> absl::Status {
    const auto inserted =
        tx.exec_params(sql_.insert, record.name.purpose, record.name.label,
                       Param(record.fingerprint), postgres::TimeParam(record.made_at));
    if (inserted.affected_rows() > 0) {
      RETURN_IF_ERROR(Tell(tx, {KeyEvent::Kind::kMade, record.name}));
    }
    recorded = FindIn(tx, record.name);
    return recorded.has_value() ? absl::OkStatus() : KeyNotRecorded(record.name);
  };
  RETURN_IF_ERROR(postgres::RunInTransaction(pool_, insert));
  return *recorded;
}

absl::Status PostgresKeyBook::MarkDestroyed(const KeyName& name, absl::Time time) {
  RETURN_IF_ERROR(Check(name));
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    const auto updated =
        tx.exec_params(sql_.mark_destroyed, name.purpose, name.label, postgres::TimeParam(time));
    if (updated.affected_rows() > 0) return Tell(tx, {KeyEvent::Kind::kDestroyed, name});
    return FindIn(tx, name).has_value() ? absl::OkStatus() : KeyNotRecorded(name);
  });
}

absl::Status PostgresKeyBook::Replace(const Fingerprint& lost, const KeyRecord& replacement) {
  const KeyName& name = replacement.name;
  RETURN_IF_ERROR(Check(name));
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    const auto updated =
        tx.exec_params(sql_.replace, name.purpose, name.label, Param(replacement.fingerprint),
                       postgres::TimeParam(replacement.made_at), Param(lost));
    if (updated.affected_rows() == 0) return KeyRecordChanged(name);
    return Tell(tx, {KeyEvent::Kind::kReplaced, name});
  });
}

absl::Status PostgresKeyBook::Check(const KeyName& name) const {
  const bool fits = labels_ == Labels::kWords || DayOfLabel(name.label).has_value();
  return IsValid(name) && fits ? absl::OkStatus() : InvalidKeyName();
}

std::optional<KeyRecord> PostgresKeyBook::FindIn(pqxx::work& tx, const KeyName& name) const {
  const auto rows = tx.exec_params(sql_.find, name.purpose, name.label);
  if (rows.empty()) return std::nullopt;
  return ToRecord(rows[0]);
}

absl::Status PostgresKeyBook::Tell(pqxx::work& tx, const KeyEvent& event) const {
  return hook_ ? hook_(tx, event) : absl::OkStatus();
}

}  // namespace oshirase::keyring
