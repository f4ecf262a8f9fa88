#include "services/registry/store/postgres_api_key_store.h"

#include "absl/strings/str_cat.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/domain/business.h"
#include "services/registry/domain/errors.h"
#include "services/registry/store/audit_entry.h"
#include "services/registry/store/link_rows.h"
#include "services/registry/store/venue_places.h"

namespace oshirase::registry {
namespace {

constexpr char kInsert[] = R"(
  INSERT INTO registry.api_keys
    (api_key_id, request_id, secret_hash, business_id, label, create_time)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (request_id) DO NOTHING)";

constexpr char kSelect[] = R"(
  SELECT k.api_key_id, b.email, k.label, k.create_time, k.revoke_time
  FROM registry.api_keys AS k
  JOIN registry.businesses AS b ON b.business_id = k.business_id)";

constexpr char kById[] = R"( WHERE k.api_key_id = $1)";
constexpr char kByRequest[] = R"( WHERE k.request_id = $1)";
constexpr char kNewest[] = R"(
  WHERE (k.create_time, k.api_key_id) < ($1::timestamptz, $2::uuid)
  ORDER BY k.create_time DESC, k.api_key_id DESC LIMIT $3)";

constexpr char kRevoke[] = R"(
  UPDATE registry.api_keys SET revoke_time = $2 WHERE api_key_id = $1 AND revoke_time IS NULL)";

constexpr char kLastId[] = "ffffffff-ffff-ffff-ffff-ffffffffffff";

ApiKeyRecord RecordOf(const pqxx::row& row) {
  return {.id = row["api_key_id"].as<std::string>(),
          .email = row["email"].as<std::string>(),
          .label = row["label"].as<std::string>(),
          .create_time = postgres::Time(row["create_time"]),
          .revoke_time = postgres::NullableTime(row["revoke_time"])};
}

}  // namespace

absl::StatusOr<StoredApiKey> PostgresApiKeyStore::Insert(const NewApiKeyRecord& key) {
  const ApiKeyRecord& record = key.record;
  StoredApiKey stored;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    const BusinessId business_id = LockBusinessOf(tx, record.email, record.create_time);
    const auto inserted =
        tx.exec_params(kInsert, record.id, key.request_id, HashParam(key.secret_hash),
                       business_id.value, record.label, postgres::TimeParam(record.create_time));
    stored = {
        .record = RecordOf(tx.exec_params1(absl::StrCat(kSelect, kByRequest), key.request_id)),
        .repeated = inserted.affected_rows() == 0};
    if (!stored.repeated) return log_.Append(tx, ToEntry(key.note));
    if (EmailKey(stored.record.email) != EmailKey(record.email)) return RequestIdReused();
    AuditNote note = Repeated(key.note);
    note.subject = stored.record.id;
    return log_.Append(tx, ToEntry(note));
  });
  if (!done.ok()) return done;
  return stored;
}

absl::StatusOr<ApiKeyList> PostgresApiKeyStore::List(const std::optional<ApiKeyCursor>& after,
                                                     int limit, const AuditNote& note) {
  const ApiKeyCursor cursor =
      after.value_or(ApiKeyCursor{.create_time = absl::InfiniteFuture(), .id = kLastId});
  ApiKeyList list;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    list = {};
    std::vector<std::string> ids;
    for (const auto& row :
         tx.exec_params(absl::StrCat(kSelect, kNewest), postgres::TimeParam(cursor.create_time),
                        cursor.id, limit + 1)) {
      list.more = static_cast<int>(list.keys.size()) == limit;
      if (list.more) break;
      list.keys.push_back(RecordOf(row));
      ids.push_back(list.keys.back().id);
    }
    AuditNote shown = note;
    shown.facts.push_back({"shown", std::move(ids)});
    return log_.Append(tx, ToEntry(shown));
  });
  if (!done.ok()) return done;
  return list;
}

absl::StatusOr<std::optional<ApiKeyRecord>> PostgresApiKeyStore::Revoke(const std::string& id,
                                                                        absl::Time now,
                                                                        const AuditNote& note) {
  std::optional<ApiKeyRecord> record;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    record.reset();
    const bool changes = tx.exec_params(kRevoke, id, postgres::TimeParam(now)).affected_rows() == 1;
    const auto rows = tx.exec_params(absl::StrCat(kSelect, kById), id);
    if (rows.empty()) return absl::OkStatus();
    record = RecordOf(rows[0]);
    return log_.Append(tx, ToEntry(changes ? note : Repeated(note)));
  });
  if (!done.ok()) return done;
  return record;
}

}  // namespace oshirase::registry
