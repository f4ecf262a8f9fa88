// What an officer signs: a role, the digest of the statement's bytes, and the time.
//
// The statement's bytes are hashed as they were received and never serialised again; one changed
// byte voids every signature over them.
// message = "oshirase/v1" ‖ 0x00 ‖ role ‖ 0x00 ‖ SHA-256(statement) 32 ‖ signing time, Unix
//           seconds, int64 big endian. role: "submit", "approve" or "reject".
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/crypto/signing_key.h"

namespace oshirase::crypto {

using Digest = std::array<uint8_t, 32>;

// SHA-256 of `bytes`: of a statement, and of a finished message whose digest a statement holds.
Digest Sha256(std::string_view bytes);

enum class SignatureRole { kSubmit, kApprove, kReject };

// A signature and the time it claims; whole seconds.
struct OfficerSignature {
  std::string signature;  // 64 bytes
  absl::Time signed_at;
};

// The exact bytes that are signed. `signed_at` counts in whole seconds.
std::string SignatureMessage(SignatureRole role, const Digest& statement, absl::Time signed_at);

// Signs with an officer's key. The result's time is `now` cut to whole seconds.
OfficerSignature SignStatement(const SigningKey& key, SignatureRole role, const Digest& statement,
                               absl::Time now);

// Checks the signature and nothing else: whether the time is recent enough, the officer enrolled
// and the role theirs is the caller's to decide.
// Returns PERMISSION_DENIED, reason SIGNATURE_INVALID, when it is not `key`'s over these parts.
absl::Status VerifyStatement(const VerifyKey& key, SignatureRole role, const Digest& statement,
                             const OfficerSignature& signature);

}  // namespace oshirase::crypto
