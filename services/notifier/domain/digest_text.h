// Digests in audit entries.
#pragma once

#include <string>
#include <string_view>

#include "absl/strings/escaping.h"
#include "common/crypto/officer_signature.h"

namespace oshirase::notifier {

// SHA-256 of `bytes` in lower-case hexadecimal.
inline std::string HexDigest(std::string_view bytes) {
  const crypto::Digest digest = crypto::Sha256(bytes);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

}  // namespace oshirase::notifier
