#include "common/crypto/aead.h"

#include "common/crypto/big_endian.h"

namespace oshirase::crypto {

std::string AeadSeal(const SecretKey& key, std::string_view additional_data,
                     std::string_view plain) {
  EnsureSodium();
  std::string sealed(kAeadOverhead + plain.size(), '\0');
  sealed[0] = kAeadVersion;
  uint8_t* nonce = AsBytes(sealed) + 1;
  randombytes_buf(nonce, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt(AsBytes(sealed) + kAeadHeader, nullptr, AsBytes(plain),
                                             plain.size(), AsBytes(additional_data),
                                             additional_data.size(), nullptr, nonce, key.data());
  return sealed;
}

bool IsAeadSeal(std::string_view sealed) {
  return sealed.size() >= kAeadOverhead && sealed[0] == kAeadVersion;
}

bool AeadOpen(const SecretKey& key, std::string_view additional_data, std::string_view sealed,
              uint8_t* plain) {
  EnsureSodium();
  return crypto_aead_xchacha20poly1305_ietf_decrypt(
             plain, nullptr, nullptr, AsBytes(sealed) + kAeadHeader, sealed.size() - kAeadHeader,
             AsBytes(additional_data), additional_data.size(), AsBytes(sealed) + 1,
             key.data()) == 0;
}

}  // namespace oshirase::crypto
