#include "common/crypto/signing_key.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include "common/crypto/big_endian.h"
#include "common/crypto/errors.h"
#include "common/crypto/openssl_handles.h"

namespace oshirase::crypto {
SigningKey SigningKey::FromSeed(const SecretKey& seed) {
  EnsureSodium();
  SigningKey key;
  crypto_sign_seed_keypair(key.verify_key_.data(), key.secret_.mutable_bytes().data(), seed.data());
  return key;
}

absl::StatusOr<SigningKey> SigningKey::FromPem(std::string_view pem) {
  const BioHandle bio = ReadFrom(pem);
  const PkeyHandle pkey(PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassphrase, nullptr));
  SecretKey seed;
  size_t size = SecretKey::kSize;
  const bool read =
      pkey != nullptr && EVP_PKEY_get_base_id(pkey.get()) == EVP_PKEY_ED25519 &&
      EVP_PKEY_get_raw_private_key(pkey.get(), seed.mutable_bytes().data(), &size) == 1;
  ERR_clear_error();  // OpenSSL keeps its errors per thread, and gRPC would find them
  if (!read || size != SecretKey::kSize) return InvalidSigningKey();
  return FromSeed(seed);
}

std::string SigningKey::Sign(std::string_view message) const {
  std::string signature(kSignatureSize, '\0');
  crypto_sign_detached(AsBytes(signature), nullptr, AsBytes(message), message.size(),
                       secret_.data());
  return signature;
}

bool Verify(const VerifyKey& key, std::string_view message, std::string_view signature) {
  EnsureSodium();
  return signature.size() == kSignatureSize &&
         crypto_sign_verify_detached(AsBytes(signature), AsBytes(message), message.size(),
                                     key.data()) == 0;
}

}  // namespace oshirase::crypto
