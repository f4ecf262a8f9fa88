#include "common/crypto/officer_signature.h"

#include <sodium.h>

#include "common/crypto/big_endian.h"
#include "common/crypto/errors.h"

namespace oshirase::crypto {
namespace {

std::string_view NameOf(SignatureRole role) {
  switch (role) {
    case SignatureRole::kSubmit:
      return "submit";
    case SignatureRole::kApprove:
      return "approve";
    case SignatureRole::kReject:
      return "reject";
  }
  return "";
}

}  // namespace

Digest Sha256(std::string_view bytes) {
  EnsureSodium();
  Digest digest;
  crypto_hash_sha256(digest.data(), AsBytes(bytes), bytes.size());
  return digest;
}

std::string SignatureMessage(SignatureRole role, const Digest& statement, absl::Time signed_at) {
  std::string message = "oshirase/v1";
  message += '\0';
  message += NameOf(role);
  message += '\0';
  message += AsText(statement);
  AppendInt64(message, absl::ToUnixSeconds(signed_at));
  return message;
}

OfficerSignature SignStatement(const SigningKey& key, SignatureRole role, const Digest& statement,
                               absl::Time now) {
  const absl::Time signed_at = absl::FromUnixSeconds(absl::ToUnixSeconds(now));
  return {key.Sign(SignatureMessage(role, statement, signed_at)), signed_at};
}

absl::Status VerifyStatement(const VerifyKey& key, SignatureRole role, const Digest& statement,
                             const OfficerSignature& signature) {
  const std::string message = SignatureMessage(role, statement, signature.signed_at);
  if (!Verify(key, message, signature.signature)) return InvalidSignature();
  return absl::OkStatus();
}

}  // namespace oshirase::crypto
