#include "services/registry/store/key_events.h"

#include <string>

namespace oshirase::registry {

keyring::KeyEventHook AuditKeyEvents(const audit::AuditLog& log) {
  return [&log](pqxx::work& tx, const keyring::KeyEvent& event) {
    return log.Append(tx, {.actor = "timer",
                           .action = std::string("key.") + keyring::NameOf(event.kind),
                           .subject = keyring::Describe(event.name)});
  };
}

}  // namespace oshirase::registry
