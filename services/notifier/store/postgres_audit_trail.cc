#include "services/notifier/store/postgres_audit_trail.h"

#include <utility>

#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/notifier/store/audit_append.h"

namespace oshirase::notifier {

absl::Status PostgresAuditTrail::Append(const AuditEvent& event) {
  return postgres::RunInTransaction(pool_,
                                    [&](pqxx::work& tx) { return AppendEvent(log_, tx, event); });
}

absl::StatusOr<AuditPage> PostgresAuditTrail::List(int64_t after, int limit) {
  ASSIGN_OR_RETURN(audit::Page page, log_.List(pool_, after, limit));
  return AuditPage{std::move(page.entries), page.next_after};
}

}  // namespace oshirase::notifier
