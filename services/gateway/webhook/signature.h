// Says whether a body comes from LINE: x-line-signature is the Base64 of HMAC-SHA256(channel
// secret, the body's bytes as received). Nothing else may look at a body before this has said yes.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace oshirase::gateway {

// Immutable, so thread-safe.
class SignatureVerifier {
 public:
  // Accepts a signature under any of `secrets`: reissuing a channel secret ends the old one at
  // once, so both are listed while they change. At least one.
  explicit SignatureVerifier(const std::vector<std::string>& secrets);
  ~SignatureVerifier();
  SignatureVerifier(const SignatureVerifier&) = delete;
  SignatureVerifier& operator=(const SignatureVerifier&) = delete;

  // Whether `signature` (44 characters of standard Base64, padded) is right for `body`. Compares in
  // constant time.
  bool IsValid(std::string_view body, std::string_view signature) const;

 private:
  struct FreeContext {
    void operator()(EVP_MAC_CTX* context) const;
  };
  using Context = std::unique_ptr<EVP_MAC_CTX, FreeContext>;

  // One per secret, keyed once: copying it costs less than half of keying anew.
  std::vector<Context> keyed_;
};

}  // namespace oshirase::gateway
