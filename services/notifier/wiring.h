// The pieces of main() that are more than a line: options, and what is audited and signed between
// the parts.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/audit/audit_log.h"
#include "common/keyring/key_store.h"
#include "common/keyring/keyring.h"
#include "common/keyring/postgres_key_book.h"
#include "common/postgres/pool.h"
#include "common/server/access_control.h"
#include "common/server/grpc_server.h"
#include "services/notifier/config.h"
#include "services/notifier/domain/audit_trail.h"
#include "services/notifier/domain/case_preparer.h"
#include "services/notifier/domain/day_key_desk.h"
#include "services/notifier/domain/departures.h"
#include "services/notifier/notifier_metrics.h"

namespace oshirase::notifier {

// A clock that is not the machine's must not go unnoticed.
void WarnOfClockOffset(absl::Duration offset);

// Returns BAD_CONFIGURATION when the keyring does not open with this key-encryption key.
absl::StatusOr<std::unique_ptr<keyring::KeyStore>> OpenKeyStore(Config& config);

// Puts the making and ending of keys into the audit log, in the transaction that records it.
keyring::KeyEventHook AuditKeyEvents(const audit::AuditLog& log);

// One round of making and ending keys. Returns UNAVAILABLE while the keys that serving needs are
// not there; a lost suppression key is not waited for, because gateways can do without it.
absl::Status MaintainKeys(DayKeyDesk& desk, Departures& departures, NotifierMetrics& metrics);

// Signs how far the audit log has come; to be called every 10 minutes.
void SignAuditHead(const audit::AuditLog& log, postgres::Pool& pool, keyring::Keyring& named_keys);

// Writes an audit entry when an officer tries what the officer's roles do not permit.
RefusalObserver AuditRefusals(AuditTrail& audit);

// A clock that never goes back.
Clock SteadyClock();

PreparerOptions PreparerOptionsOf(const Config& config);
GrpcServerOptions ServerOptions(const Config& config);

}  // namespace oshirase::notifier
