// What a refusal means, in the officer's words.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace oshirase::authority {

// A sentence in Japanese, and for a server's answer the reason and the server's own text behind it.
std::string Explain(const absl::Status& status);

}  // namespace oshirase::authority
