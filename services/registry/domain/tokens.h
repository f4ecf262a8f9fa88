// Secrets that stand for a business: in a mailed link, in a session's cookie, in its own program.
// The service keeps their hashes only. They are random throughout, so a plain hash is as good as a
// slow one.
#pragma once

#include <string>

#include "common/crypto/officer_signature.h"

namespace oshirase::registry {

using TokenHash = crypto::Digest;  // SHA-256

struct Token {
  std::string text;  // goes out once, and is not kept
  TokenHash hash{};
};

// 256 random bits as 43 characters of base64url.
Token NewToken();

// The same behind "osk_", by which people and scanners of leaked secrets know an API key.
Token NewApiKey();

// The hash of what somebody presents, whatever it is.
TokenHash HashOf(const std::string& text);

}  // namespace oshirase::registry
