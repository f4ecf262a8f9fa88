#include "services/registry/store/postgres_business_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/store/link_rows.h"
#include "services/registry/store/mail_requests.h"
#include "services/registry/store/sheet_json.h"

namespace oshirase::registry {
namespace {

constexpr char kFindPending[] = R"(
  SELECT expire_time FROM registry.pending_registrations WHERE request_id = $1)";

constexpr char kInsertPending[] = R"(
  INSERT INTO registry.pending_registrations (request_id, details, create_time, expire_time)
  VALUES ($1, $2::jsonb, $3, $4))";

constexpr char kInsertLink[] = R"(
  INSERT INTO registry.links (token_hash, registration_id, business_id, create_time, expire_time)
  VALUES ($1, $2, $3, $4, $5))";

constexpr char kFindMailbox[] = R"(
  SELECT business_id FROM registry.businesses WHERE email_key = $1)";

constexpr char kFindLink[] = R"(
  SELECT l.registration_id, p.details, l.business_id, l.expire_time, l.use_time
  FROM registry.links AS l
  LEFT JOIN registry.pending_registrations AS p ON p.request_id = l.registration_id
  WHERE l.token_hash = $1)";

constexpr char kFindSession[] = R"(
  SELECT business_id FROM registry.sessions WHERE token_hash = $1 AND expire_time > $2)";

constexpr char kEndSession[] = R"(
  DELETE FROM registry.sessions WHERE token_hash = $1)";

constexpr char kFindApiKey[] = R"(
  SELECT api_key_id, business_id FROM registry.api_keys
  WHERE secret_hash = $1 AND revoke_time IS NULL)";

constexpr char kFindBusiness[] = R"(
  SELECT b.email,
         (SELECT count(*) FROM registry.venues AS v WHERE v.business_id = b.business_id)
           AS venue_count,
         (SELECT v.business_name FROM registry.venues AS v WHERE v.business_id = b.business_id
          ORDER BY v.create_time DESC, v.venue_id DESC LIMIT 1) AS name
  FROM registry.businesses AS b WHERE b.business_id = $1)";

constexpr const char* kSweepAtEnd[] = {
    R"(UPDATE registry.pending_registrations SET details = NULL
       WHERE expire_time <= $1 AND details IS NOT NULL)",
    R"(DELETE FROM registry.sessions WHERE expire_time <= $1)"};
// The links of a registration go with it.
constexpr const char* kSweepLater[] = {
    R"(DELETE FROM registry.pending_registrations WHERE expire_time <= $1)",
    R"(DELETE FROM registry.links WHERE expire_time <= $1)"};
constexpr char kSweepMailRequests[] = R"(
  DELETE FROM registry.mail_requests WHERE request_time <= $1)";

void InsertLink(pqxx::work& tx, const NewLink& link,
                const std::optional<std::string>& registration_id,
                const std::optional<std::string>& business_id) {
  tx.exec_params(kInsertLink, HashParam(link.token_hash), registration_id, business_id,
                 postgres::TimeParam(link.create_time), postgres::TimeParam(link.expire_time));
}

}  // namespace

absl::StatusOr<absl::Time> PostgresBusinessStore::KeepRegistration(
    const PendingRegistration& pending, const NewLink& link, const MailLimit& limit) {
  absl::Time expire_time = link.expire_time;
  ASSIGN_OR_RETURN(const auto mail, mails_.Prepare(link.mail));
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    LockMailbox(tx, link.email);
    const auto earlier = tx.exec_params(kFindPending, pending.request_id);
    if (!earlier.empty()) {
      expire_time = postgres::Time(earlier[0][0]);
      return absl::OkStatus();
    }
    expire_time = link.expire_time;
    RETURN_IF_ERROR(CountMail(tx, link.email, link.create_time, limit));
    tx.exec_params(kInsertPending, pending.request_id, JsonOf(pending.details),
                   postgres::TimeParam(link.create_time), postgres::TimeParam(link.expire_time));
    InsertLink(tx, link, pending.request_id, std::nullopt);
    mail->Enqueue(tx);
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  mails_.Wake();
  return expire_time;
}

absl::Status PostgresBusinessStore::KeepUpkeepLink(const NewLink& link, const MailLimit& limit) {
  ASSIGN_OR_RETURN(const auto mail, mails_.Prepare(link.mail));
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    LockMailbox(tx, link.email);
    RETURN_IF_ERROR(CountMail(tx, link.email, link.create_time, limit));
    const auto business = tx.exec_params(kFindMailbox, EmailKey(link.email));
    if (business.empty()) return absl::OkStatus();
    InsertLink(tx, link, std::nullopt, business[0][0].as<std::string>());
    mail->Enqueue(tx);
    return absl::OkStatus();
  });
  if (done.ok()) mails_.Wake();
  return done;
}

absl::StatusOr<std::optional<Link>> PostgresBusinessStore::FindLink(const TokenHash& token_hash) {
  std::optional<Link> link;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto rows = tx.exec_params(kFindLink, HashParam(token_hash));
    if (rows.empty()) return absl::OkStatus();
    const auto& row = rows[0];
    link = Link{.opens = BusinessId{},
                .expire_time = postgres::Time(row["expire_time"]),
                .use_time = postgres::NullableTime(row["use_time"])};
    if (!row["business_id"].is_null()) {
      link->opens = BusinessId{row["business_id"].as<std::string>()};
      return absl::OkStatus();
    }
    Link::Registration registration{.request_id = row["registration_id"].as<std::string>(),
                                    .details = std::nullopt};
    if (!row["details"].is_null())
      registration.details = DetailsOfJson(row["details"].as<std::string>());
    link->opens = std::move(registration);
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return link;
}

absl::StatusOr<BusinessId> PostgresBusinessStore::UseUpkeepLink(const TokenHash& token_hash,
                                                                const Session& session) {
  BusinessId id;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const auto link, UseLink(tx, token_hash, session.create_time));
    if (!link.business_id.has_value()) return LinkUnknown();
    id = *link.business_id;
    InsertSession(tx, session, id);
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return id;
}

absl::StatusOr<std::optional<BusinessId>> PostgresBusinessStore::FindSession(
    const TokenHash& token_hash, absl::Time now) {
  std::optional<BusinessId> id;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto rows = tx.exec_params(kFindSession, HashParam(token_hash), postgres::TimeParam(now));
    if (!rows.empty()) id = BusinessId{rows[0][0].as<std::string>()};
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return id;
}

absl::Status PostgresBusinessStore::EndSession(const TokenHash& token_hash) {
  return postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    tx.exec_params(kEndSession, HashParam(token_hash));
    return absl::OkStatus();
  });
}

absl::StatusOr<std::optional<Holder>> PostgresBusinessStore::FindApiKey(
    const TokenHash& secret_hash) {
  std::optional<Holder> holder;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto rows = tx.exec_params(kFindApiKey, HashParam(secret_hash));
    if (rows.empty()) return absl::OkStatus();
    holder = Holder{.business_id = {rows[0]["business_id"].as<std::string>()},
                    .actor = absl::StrCat("api-key/", rows[0]["api_key_id"].as<std::string>())};
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return holder;
}

absl::StatusOr<std::optional<Business>> PostgresBusinessStore::FindBusiness(const BusinessId& id) {
  std::optional<Business> business;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto rows = tx.exec_params(kFindBusiness, id.value);
    if (rows.empty()) return absl::OkStatus();
    business = Business{.id = id,
                        .email = rows[0]["email"].as<std::string>(),
                        .name = rows[0]["name"].as<std::string>(""),
                        .venue_count = rows[0]["venue_count"].as<int>()};
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return business;
}

absl::Status PostgresBusinessStore::Sweep(absl::Time now) {
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) {
    for (const auto* sql : kSweepAtEnd) tx.exec_params(sql, postgres::TimeParam(now));
    for (const auto* sql : kSweepLater) tx.exec_params(sql, postgres::TimeParam(now - kLinkMemory));
    tx.exec_params(kSweepMailRequests, postgres::TimeParam(now - absl::Hours(1)));
    return absl::OkStatus();
  });
}

}  // namespace oshirase::registry
