// Puts the making and ending of keys into the audit log, in the transaction that records it.
#pragma once

#include "common/audit/audit_log.h"
#include "common/keyring/postgres_key_book.h"

namespace oshirase::registry {

// `log` must outlive the hook. Entries: actor "timer", action "key.made", "key.destroyed" or
// "key.replaced", subject "<purpose> <label>".
keyring::KeyEventHook AuditKeyEvents(const audit::AuditLog& log);

}  // namespace oshirase::registry
