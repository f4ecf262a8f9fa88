#include "services/registry/store/postgres_audit_store.h"

#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/store/audit_entry.h"

namespace oshirase::registry {

absl::Status PostgresAuditStore::Append(const AuditNote& note) {
  const audit::Entry entry = ToEntry(note);
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) { return log_.Append(tx, entry); });
}

absl::StatusOr<std::vector<audit::ChainEntry>> PostgresAuditStore::List(int64_t after, int limit) {
  ASSIGN_OR_RETURN(auto page, log_.List(pool_, after, limit));
  return std::move(page.entries);
}

}  // namespace oshirase::registry
