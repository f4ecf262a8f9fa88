// Who may call which method of the notifier.
#pragma once

#include "common/server/access_policy.h"

namespace oshirase::notifier {

AccessPolicy NotifierPolicy();

}  // namespace oshirase::notifier
