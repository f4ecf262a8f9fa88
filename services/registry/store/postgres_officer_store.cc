#include "services/registry/store/postgres_officer_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/store/audit_entry.h"

namespace oshirase::registry {
namespace {

// One row per officer, so that the access policy's question costs one round trip: keys and grants
// come as text, "hex time" and "time roles", one a line, times in microseconds.
constexpr char kSelect[] = R"(
  SELECT o.officer_id, o.enrol_time, o.revoke_time,
    (SELECT string_agg(encode(k.public_key, 'hex') || ' '
                         || (extract(epoch FROM k.add_time) * 1000000)::bigint,
                       E'\n' ORDER BY k.add_time, k.public_key)
     FROM registry.officer_keys AS k WHERE k.officer_id = o.officer_id) AS keys,
    (SELECT string_agg((extract(epoch FROM g.since_time) * 1000000)::bigint || ' ' || g.roles,
                       E'\n' ORDER BY g.grant_id)
     FROM registry.officer_grants AS g WHERE g.officer_id = o.officer_id) AS grants
  FROM registry.officers AS o)";

constexpr char kById[] = R"( WHERE o.officer_id = $1)";
constexpr char kPage[] = R"( WHERE o.officer_id > $1 ORDER BY o.officer_id LIMIT $2)";

// Enrolments are rare; one at a time keeps the questions below simple and exact.
constexpr char kLockOfficers[] = R"(
  SELECT pg_advisory_xact_lock(hashtext('registry.officers')))";

constexpr char kHasOperator[] = R"(
  SELECT o.officer_id FROM registry.officers AS o
  WHERE o.revoke_time IS NULL
    AND ' ' || (SELECT g.roles FROM registry.officer_grants AS g
                WHERE g.officer_id = o.officer_id ORDER BY g.grant_id DESC LIMIT 1) || ' '
        LIKE '% operate %'
  LIMIT 1)";

constexpr char kInsertOfficer[] = R"(
  INSERT INTO registry.officers (officer_id, enrol_time) VALUES ($1, $2)
  ON CONFLICT (officer_id) DO NOTHING)";

constexpr char kInsertKey[] = R"(
  INSERT INTO registry.officer_keys (public_key, officer_id, add_time) VALUES ($1, $2, $3)
  ON CONFLICT (public_key) DO NOTHING)";

constexpr char kOwnerOfKey[] = R"(
  SELECT officer_id FROM registry.officer_keys WHERE public_key = $1)";

constexpr char kInsertGrant[] = R"(
  INSERT INTO registry.officer_grants (officer_id, since_time, roles) VALUES ($1, $2, $3))";

constexpr char kRevoke[] = R"(
  UPDATE registry.officers SET revoke_time = coalesce(revoke_time, $2) WHERE officer_id = $1)";

std::string ToText(Roles roles) {
  std::vector<std::string> names;
  for (const Role role :
       {Role::kSubmit, Role::kApprove, Role::kAudit, Role::kOperate, Role::kDrill, Role::kDesk}) {
    if (roles.Has(role)) names.emplace_back(RoleName(role));
  }
  return absl::StrJoin(names, " ");
}

absl::Time TimeOf(const std::string& micros) { return absl::FromUnixMicros(std::stoll(micros)); }

OfficerKey KeyOf(absl::string_view line) {
  const std::vector<std::string> parts = absl::StrSplit(line, ' ');
  OfficerKey key;
  const std::string bytes = absl::HexStringToBytes(parts.at(0));
  std::copy(bytes.begin(), bytes.end(), key.key.begin());
  key.add_time = TimeOf(parts.at(1));
  return key;
}

RoleGrant GrantOf(absl::string_view line) {
  const std::vector<std::string> parts = absl::StrSplit(line, ' ');
  RoleGrant grant{.since = TimeOf(parts.at(0)), .roles = {}};
  for (size_t i = 1; i < parts.size(); ++i) {
    const auto role = ParseRole(parts[i]);
    if (role.ok()) grant.roles.Add(*role);  // a role of a newer version means nothing here
  }
  return grant;
}

std::vector<absl::string_view> Lines(absl::string_view text) {
  return absl::StrSplit(text, '\n', absl::SkipEmpty());
}

Officer OfficerOf(const pqxx::row& row) {
  Officer officer;
  officer.id = row["officer_id"].as<std::string>();
  officer.enrol_time = postgres::Time(row["enrol_time"]);
  officer.revoke_time = postgres::NullableTime(row["revoke_time"]);
  const auto keys = row["keys"].as<std::string>("");
  for (const auto line : Lines(keys)) officer.keys.push_back(KeyOf(line));
  const auto grants = row["grants"].as<std::string>("");
  for (const auto line : Lines(grants)) officer.grants.push_back(GrantOf(line));
  return officer;
}

std::optional<Officer> Select(pqxx::transaction_base& tx, const std::string& id) {
  const auto rows = tx.exec_params(absl::StrCat(kSelect, kById), id);
  if (rows.empty()) return std::nullopt;
  return OfficerOf(rows[0]);
}

// Whether anything changed.
absl::StatusOr<bool> Write(pqxx::work& tx, const Enrolment& enrolment) {
  const std::string now = postgres::TimeParam(enrolment.now);
  const auto key = postgres::BytesParam(
      absl::string_view(reinterpret_cast<const char*>(enrolment.key.data()), enrolment.key.size()));
  const auto before = Select(tx, enrolment.officer_id);
  if (before.has_value() && before->revoke_time.has_value()) return OfficerRevoked();
  if (!before.has_value()) tx.exec_params(kInsertOfficer, enrolment.officer_id, now);
  const bool new_key =
      tx.exec_params(kInsertKey, key, enrolment.officer_id, now).affected_rows() == 1;
  if (!new_key && tx.exec_params1(kOwnerOfKey, key)[0].as<std::string>() != enrolment.officer_id)
    return OfficerKeyTaken();
  const bool new_roles = !before.has_value() || before->roles() != enrolment.roles;
  if (new_roles) tx.exec_params(kInsertGrant, enrolment.officer_id, now, ToText(enrolment.roles));
  return new_key || new_roles;
}

}  // namespace

absl::StatusOr<std::optional<Officer>> PostgresOfficerStore::Find(const std::string& id) {
  std::optional<Officer> officer;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    officer = Select(tx, id);
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return officer;
}

absl::StatusOr<std::optional<Officer>> PostgresOfficerStore::Enrol(const Enrolment& enrolment,
                                                                   const AuditNote& note) {
  std::optional<Officer> officer;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    officer.reset();
    tx.exec(kLockOfficers);
    if (enrolment.only_without_operator && !tx.exec(kHasOperator).empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const bool changed, Write(tx, enrolment));
    officer = Select(tx, enrolment.officer_id);
    return changed ? log_.Append(tx, ToEntry(note)) : absl::OkStatus();
  });
  if (!done.ok()) return done;
  return officer;
}

absl::StatusOr<Officer> PostgresOfficerStore::Revoke(const std::string& id, absl::Time now,
                                                     const AuditNote& note) {
  Officer officer;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    tx.exec(kLockOfficers);
    const auto before = Select(tx, id);
    if (!before.has_value()) return OfficerNotFound();
    tx.exec_params(kRevoke, id, postgres::TimeParam(now));
    officer = *Select(tx, id);
    return before->revoke_time.has_value() ? absl::OkStatus() : log_.Append(tx, ToEntry(note));
  });
  if (!done.ok()) return done;
  return officer;
}

absl::StatusOr<std::vector<Officer>> PostgresOfficerStore::List(const std::string& after,
                                                                int limit) {
  std::vector<Officer> officers;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    officers.clear();
    for (const auto& row : tx.exec_params(absl::StrCat(kSelect, kPage), after, limit))
      officers.push_back(OfficerOf(row));
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return officers;
}

}  // namespace oshirase::registry
