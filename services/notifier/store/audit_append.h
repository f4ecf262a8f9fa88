// Writes a domain event into the audit chain, inside the transaction of the action it tells of.
#pragma once

#include <pqxx/pqxx>

#include "absl/status/status.h"
#include "common/audit/audit_log.h"
#include "services/notifier/domain/audit_event.h"

namespace oshirase::notifier {

// The schema of the notifier, and the name of its audit chain.
inline constexpr char kSchema[] = "notifier";

// To be called last in a transaction: all other appenders wait from here to the commit.
inline absl::Status AppendEvent(const audit::AuditLog& log, pqxx::work& tx,
                                const AuditEvent& event) {
  return log.Append(tx, {event.actor, event.action, event.subject, event.detail});
}

}  // namespace oshirase::notifier
