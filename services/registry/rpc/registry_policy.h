// Who may call which method of the registry.
#pragma once

#include "common/server/access_policy.h"

namespace oshirase::registry {

// Of RegistryService, BusinessService, PublicService and DeskService, which one server serves.
AccessPolicy RegistryPolicy();

}  // namespace oshirase::registry
