// From the domain's audit notes to entries of the chain.
#pragma once

#include "common/audit/audit_log.h"
#include "services/registry/domain/audit_note.h"

namespace oshirase::registry {

audit::Entry ToEntry(const AuditNote& note);

}  // namespace oshirase::registry
