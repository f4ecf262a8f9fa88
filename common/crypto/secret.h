// Keys in memory: bytes that wipe themselves, cannot be printed, and are never copied by accident.
#pragma once

#include <sodium.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace oshirase::crypto {

// Readies libsodium. Called by everything here that needs it; calling again costs a load.
void EnsureSodium();

// N secret bytes, wiped when destroyed or moved from. Move-only; Clone() copies on purpose.
// Compared in constant time.
template <size_t N>
class SecretBytes {
 public:
  static constexpr size_t kSize = N;

  // All zero; fill through mutable_bytes().
  SecretBytes() = default;
  ~SecretBytes() { sodium_memzero(bytes_.data(), N); }
  SecretBytes(SecretBytes&& other) noexcept : bytes_(other.bytes_) {
    sodium_memzero(other.bytes_.data(), N);
  }
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
      bytes_ = other.bytes_;
      sodium_memzero(other.bytes_.data(), N);
    }
    return *this;
  }
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;

  static SecretBytes Random() {
    EnsureSodium();
    SecretBytes result;
    randombytes_buf(result.bytes_.data(), N);
    return result;
  }

  // Copies `bytes`; the caller still has to wipe its own (see WipeString).
  // Returns INVALID_ARGUMENT, reason INVALID_KEY_SIZE, unless there are exactly N.
  static absl::StatusOr<SecretBytes> FromBytes(std::string_view bytes);

  SecretBytes Clone() const {
    SecretBytes result;
    result.bytes_ = bytes_;
    return result;
  }

  std::span<const uint8_t, N> bytes() const { return bytes_; }
  std::span<uint8_t, N> mutable_bytes() { return bytes_; }
  const uint8_t* data() const { return bytes_.data(); }

  friend bool operator==(const SecretBytes& a, const SecretBytes& b) {
    return sodium_memcmp(a.bytes_.data(), b.bytes_.data(), N) == 0;
  }
  friend std::ostream& operator<<(std::ostream&, const SecretBytes&) = delete;

 private:
  std::array<uint8_t, N> bytes_{};
};

// What every symmetric key, seed and X25519 private key here is.
using SecretKey = SecretBytes<32>;

// A long-lived key that several threads use: in memory of its own that is locked out of swap and
// core dumps, fenced by guard pages, read-only, and wiped when the last user lets go.
using SharedKey = std::shared_ptr<const SecretKey>;

// Moves `key` into such memory.
SharedKey ShareKey(SecretKey key);

// Overwrites the characters of `text` and empties it.
void WipeString(std::string& text);

// Reads a 32 byte key from a secret file: 32 raw bytes, or 64 hex digits with or without a final
// newline. Returns INVALID_ARGUMENT, reason INVALID_KEY_FILE, when the file cannot be read or holds
// something else; the message names the file, never its content.
absl::StatusOr<SecretKey> ReadKeyFile(const std::string& path);

// The key for one purpose, derived from `key`: keyed BLAKE2b-256 of `purpose`. One key must never
// serve two algorithms; this is how one secret becomes two.
SecretKey DeriveKey(const SecretKey& key, std::string_view purpose);

// Fails to compile for sizes nothing here uses; see secret.cc.
extern template absl::StatusOr<SecretBytes<32>> SecretBytes<32>::FromBytes(std::string_view);

}  // namespace oshirase::crypto
