#include "common/crypto/secret.h"

#include <cstdlib>
#include <fstream>
#include <new>

#include "common/crypto/big_endian.h"
#include "common/crypto/errors.h"

namespace oshirase::crypto {
namespace {

constexpr size_t kHexSize = 2 * SecretKey::kSize;

}  // namespace

void EnsureSodium() {
  static const int ready = sodium_init();  // thread-safe; 1 when someone else did it before
  if (ready < 0) std::abort();
}

template <size_t N>
absl::StatusOr<SecretBytes<N>> SecretBytes<N>::FromBytes(std::string_view bytes) {
  if (bytes.size() != N) return InvalidKeySize();
  SecretBytes result;
  std::copy(bytes.begin(), bytes.end(), result.bytes_.begin());
  return result;
}

template absl::StatusOr<SecretBytes<32>> SecretBytes<32>::FromBytes(std::string_view);

SharedKey ShareKey(SecretKey key) {
  EnsureSodium();
  void* memory = sodium_malloc(sizeof(SecretKey));
  if (memory == nullptr) throw std::bad_alloc();
  const auto* shared = new (memory) SecretKey(std::move(key));
  sodium_mprotect_readonly(memory);
  return {shared, [memory](const SecretKey*) {
            // Wipes, so the destructor, which would write to read-only memory, has nothing to do.
            sodium_free(memory);
          }};
}

void WipeString(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

absl::StatusOr<SecretKey> ReadKeyFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string content(kHexSize + 2, '\0');  // one byte more than anything allowed
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (file.bad() || !file.is_open()) return InvalidKeyFile(path, "cannot be read");
  content.resize(static_cast<size_t>(file.gcount()));

  SecretKey key;
  size_t decoded = 0;
  const bool hex =
      content.size() == kHexSize || (content.size() == kHexSize + 1 && content.back() == '\n');
  const char* end = nullptr;
  if (content.size() == SecretKey::kSize) {
    std::copy(content.begin(), content.end(), key.mutable_bytes().begin());
    decoded = SecretKey::kSize;
  } else if (hex) {
    sodium_hex2bin(key.mutable_bytes().data(), SecretKey::kSize, content.data(), kHexSize, nullptr,
                   &decoded, &end);
  }
  WipeString(content);
  if (decoded != SecretKey::kSize) {
    return InvalidKeyFile(path, "must hold 32 bytes, or 64 hexadecimal digits");
  }
  return key;
}

SecretKey DeriveKey(const SecretKey& key, std::string_view purpose) {
  EnsureSodium();
  SecretKey derived;
  crypto_generichash(derived.mutable_bytes().data(), SecretKey::kSize, AsBytes(purpose),
                     purpose.size(), key.data(), SecretKey::kSize);
  return derived;
}

}  // namespace oshirase::crypto
