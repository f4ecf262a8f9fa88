// What a failed call means to the one who asked over HTTP.
#pragma once

#include "absl/status/status.h"

namespace oshirase::gateway {

// 503 for what may work in a moment, 4xx for what the caller can change, else 500.
int HttpStatusOf(const absl::Status& status);

}  // namespace oshirase::gateway
