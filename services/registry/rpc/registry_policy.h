// Who may call which method of the registry.
#pragma once

#include "common/server/access_policy.h"

namespace oshirase::registry {

AccessPolicy RegistryPolicy();

}  // namespace oshirase::registry
