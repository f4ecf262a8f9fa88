// Ids of requests that are the same whenever the same thing is asked for, so that sending twice,
// from two tabs or after a reload, does it once.
#pragma once

#include <string>
#include <string_view>

#include "common/crypto/secret.h"

namespace oshirase::gateway {

// A UUID of version 4 that only holders of `key` can tell; `purpose` separates its uses.
std::string IdOf(const crypto::SecretKey& key, std::string_view purpose, std::string_view content);

}  // namespace oshirase::gateway
