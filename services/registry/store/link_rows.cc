#include "services/registry/store/link_rows.h"

#include "common/postgres/fields.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

constexpr char kLockLink[] = R"(
  SELECT registration_id, business_id, expire_time, use_time FROM registry.links
  WHERE token_hash = $1 FOR UPDATE)";

constexpr char kUseLink[] = R"(
  UPDATE registry.links SET use_time = $2 WHERE token_hash = $1)";

constexpr char kInsertSession[] = R"(
  INSERT INTO registry.sessions (token_hash, business_id, create_time, expire_time)
  VALUES ($1, $2, $3, $4))";

}  // namespace

pqxx::binarystring HashParam(const TokenHash& hash) {
  return postgres::BytesParam({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

absl::StatusOr<UsedLink> UseLink(pqxx::work& tx, const TokenHash& token_hash, absl::Time now) {
  const auto rows = tx.exec_params(kLockLink, HashParam(token_hash));
  if (rows.empty()) return LinkUnknown();
  if (!rows[0]["use_time"].is_null()) return LinkUsed();
  if (postgres::Time(rows[0]["expire_time"]) <= now) return LinkExpired();
  tx.exec_params(kUseLink, HashParam(token_hash), postgres::TimeParam(now));
  UsedLink link{.registration_id = postgres::Nullable<std::string>(rows[0]["registration_id"]),
                .business_id = std::nullopt};
  if (!rows[0]["business_id"].is_null())
    link.business_id = BusinessId{rows[0]["business_id"].as<std::string>()};
  return link;
}

void InsertSession(pqxx::work& tx, const Session& session, const BusinessId& business_id) {
  tx.exec_params(kInsertSession, HashParam(session.token_hash), business_id.value,
                 postgres::TimeParam(session.create_time),
                 postgres::TimeParam(session.expire_time));
}

}  // namespace oshirase::registry
