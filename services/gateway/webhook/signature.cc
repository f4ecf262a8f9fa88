// Reference: https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/
#include "services/gateway/webhook/signature.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

namespace oshirase::gateway {
namespace {

constexpr size_t kMacSize = 32;
constexpr size_t kSignatureSize = 44;

using Mac = std::array<unsigned char, kMacSize>;

std::optional<Mac> Decode(std::string_view signature) {
  if (signature.size() != kSignatureSize || signature.back() != '=' || signature[42] == '=') {
    return std::nullopt;
  }
  // 44 characters decode to 33 bytes, the last of which stands for the padding.
  std::array<unsigned char, kMacSize + 1> decoded{};
  const int size =
      EVP_DecodeBlock(decoded.data(), reinterpret_cast<const unsigned char*>(signature.data()),
                      static_cast<int>(signature.size()));
  if (size != static_cast<int>(decoded.size())) return std::nullopt;
  // EVP_DecodeBlock() forgives white space at the ends and stray bits; a second spelling of the
  // same signature is refused by spelling it again.
  std::array<char, kSignatureSize + 1> again{};
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(again.data()), decoded.data(), kMacSize);
  if (std::string_view(again.data(), kSignatureSize) != signature) return std::nullopt;
  Mac mac;
  std::copy_n(decoded.begin(), kMacSize, mac.begin());
  return mac;
}

}  // namespace

void SignatureVerifier::FreeContext::operator()(EVP_MAC_CTX* context) const {
  EVP_MAC_CTX_free(context);
}

SignatureVerifier::SignatureVerifier(const std::vector<std::string>& secrets) {
  EVP_MAC* hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  char digest[] = "SHA256";
  const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                               OSSL_PARAM_construct_end()};
  for (const std::string& secret : secrets) {
    Context context(EVP_MAC_CTX_new(hmac));
    // Without HMAC-SHA256 no webhook could be told from a forged one.
    if (context == nullptr ||
        EVP_MAC_init(context.get(), reinterpret_cast<const unsigned char*>(secret.data()),
                     secret.size(), params) != 1) {
      std::abort();
    }
    keyed_.push_back(std::move(context));
  }
  EVP_MAC_free(hmac);
}

SignatureVerifier::~SignatureVerifier() = default;

bool SignatureVerifier::IsValid(std::string_view body, std::string_view signature) const {
  const std::optional<Mac> given = Decode(signature);
  if (!given) return false;
  for (const Context& keyed : keyed_) {
    const Context context(EVP_MAC_CTX_dup(keyed.get()));
    Mac right{};
    size_t size = 0;
    if (context == nullptr ||
        EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char*>(body.data()),
                       body.size()) != 1 ||
        EVP_MAC_final(context.get(), right.data(), &size, right.size()) != 1) {
      continue;
    }
    if (CRYPTO_memcmp(right.data(), given->data(), kMacSize) == 0) return true;
  }
  return false;
}

}  // namespace oshirase::gateway
