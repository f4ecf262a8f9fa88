#include "services/registry/store/audit_entry.h"

namespace oshirase::registry {

audit::Entry ToEntry(const AuditNote& note) {
  audit::Entry entry{.actor = note.actor, .action = note.action, .subject = note.subject};
  for (const auto& fact : note.facts) {
    std::visit([&](const auto& value) { entry.detail[fact.key] = value; }, fact.value);
  }
  return entry;
}

}  // namespace oshirase::registry
