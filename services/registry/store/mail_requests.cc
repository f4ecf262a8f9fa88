#include "services/registry/store/mail_requests.h"

#include "common/crypto/officer_signature.h"
#include "common/postgres/fields.h"
#include "services/registry/domain/business.h"
#include "services/registry/domain/errors.h"
#include "services/registry/store/link_rows.h"

namespace oshirase::registry {
namespace {

constexpr char kLockMailbox[] = R"(
  SELECT pg_advisory_xact_lock(hashtextextended('registry.mail ' || encode($1, 'hex'), 0)))";

constexpr char kCountMailRequests[] = R"(
  SELECT count(*) FROM registry.mail_requests WHERE email_hash = $1 AND request_time > $2)";

constexpr char kInsertMailRequest[] = R"(
  INSERT INTO registry.mail_requests (email_hash, request_time) VALUES ($1, $2))";

pqxx::binarystring MailboxParam(const std::string& email) {
  return HashParam(crypto::Sha256(EmailKey(email)));
}

}  // namespace

void LockMailbox(pqxx::work& tx, const std::string& email) {
  tx.exec_params(kLockMailbox, MailboxParam(email));
}

absl::Status CountMail(pqxx::work& tx, const std::string& email, absl::Time now,
                       const MailLimit& limit) {
  const auto mailbox = MailboxParam(email);
  const auto count =
      tx.exec_params1(kCountMailRequests, mailbox, postgres::TimeParam(limit.since))[0].as<int>();
  if (count >= limit.max) return TooManyMails();
  tx.exec_params(kInsertMailRequest, mailbox, postgres::TimeParam(now));
  return absl::OkStatus();
}

}  // namespace oshirase::registry
