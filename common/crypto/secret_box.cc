#include "common/crypto/secret_box.h"

#include "common/crypto/aead.h"
#include "common/crypto/big_endian.h"
#include "common/crypto/errors.h"

namespace oshirase::crypto {
namespace {

std::string WithVersion(std::string_view additional_data) {
  return std::string(1, kAeadVersion).append(additional_data);
}

}  // namespace

std::string SealWithKey(const SecretKey& key, std::string_view additional_data,
                        std::string_view plain) {
  return AeadSeal(key, WithVersion(additional_data), plain);
}

absl::StatusOr<std::string> OpenWithKey(const SecretKey& key, std::string_view additional_data,
                                        std::string_view sealed) {
  if (!IsAeadSeal(sealed)) return SealMalformed();
  std::string plain(sealed.size() - kAeadOverhead, '\0');
  if (!AeadOpen(key, WithVersion(additional_data), sealed, AsBytes(plain))) {
    return SealDoesNotOpen();
  }
  return plain;
}

}  // namespace oshirase::crypto
