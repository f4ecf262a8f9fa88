#include "common/crypto/secret.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <type_traits>

#include "common/crypto/testing/hex.h"
#include "common/status/errors.h"

namespace oshirase::crypto {
namespace {

static_assert(!std::is_copy_constructible_v<SecretKey>);
static_assert(!std::is_copy_assignable_v<SecretKey>);
static_assert(std::is_nothrow_move_constructible_v<SecretKey>);

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
static_assert(!Printable<SecretKey>);

// A file that is gone with the test case.
class TempFile {
 public:
  explicit TempFile(const std::string& content) {
    const int file = mkstemp(path_.data());
    REQUIRE(file >= 0);
    close(file);
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~TempFile() { unlink(path_.c_str()); }
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_ = "/tmp/oshirase-key-XXXXXX";
};

TEST_CASE("a secret that is moved leaves zeros behind") {
  SecretKey key = CountingKey();
  const SecretKey moved = std::move(key);
  CHECK(moved == CountingKey());
  CHECK(key == SecretKey());  // NOLINT(bugprone-use-after-move): that is what is tested

  SecretKey assigned;
  SecretKey source = CountingKey();
  assigned = std::move(source);
  CHECK(assigned == CountingKey());
  CHECK(source == SecretKey());  // NOLINT(bugprone-use-after-move): that is what is tested
}

TEST_CASE("a secret is wiped when it ends") {
  alignas(SecretKey) std::array<uint8_t, sizeof(SecretKey)> memory;
  auto* key = new (memory.data()) SecretKey(CountingKey());
  CHECK(memory[31] == 31);
  key->~SecretKey();
  CHECK(memory == decltype(memory){});
}

TEST_CASE("two random keys differ, a clone does not") {
  const SecretKey key = SecretKey::Random();
  CHECK_FALSE(key == SecretKey::Random());
  CHECK(key == key.Clone());
}

TEST_CASE("a key is read from exactly 32 bytes") {
  CHECK(SecretKey::FromBytes(std::string(32, 'k')).ok());
  for (const size_t size : {0, 31, 33}) {
    CHECK(ReasonOf(SecretKey::FromBytes(std::string(size, 'k')).status()) == "INVALID_KEY_SIZE");
  }
}

TEST_CASE("a shared key lives as long as its last user") {
  SharedKey first = ShareKey(CountingKey());
  const SharedKey second = first;
  first.reset();
  CHECK(*second == CountingKey());
}

TEST_CASE("a key file holds 32 raw bytes or 64 hex digits, with or without a newline") {
  const std::string hex = ToHex(CountingKey().bytes());
  for (const std::string& content : {FromHex(hex), hex, hex + "\n"}) {
    CHECK(ReadKeyFile(TempFile(content).path()).value() == CountingKey());
  }
}

TEST_CASE("a bad key file is named, and its content is not") {
  const std::string hex = ToHex(CountingKey().bytes());
  for (const std::string& content :
       {std::string(), hex.substr(1), hex + "00", hex + "\n\n", "x" + hex.substr(1), hex + " "}) {
    const TempFile file(content);
    const auto status = ReadKeyFile(file.path()).status();
    CAPTURE(content);
    CHECK(ReasonOf(status) == "INVALID_KEY_FILE");
    CHECK(status.ToString().find(file.path()) != std::string::npos);
    CHECK(status.ToString().find("0203") == std::string::npos);
  }
  CHECK(ReasonOf(ReadKeyFile("/nonexistent/kek").status()) == "INVALID_KEY_FILE");
  CHECK(ReasonOf(ReadKeyFile("/tmp").status()) == "INVALID_KEY_FILE");
}

TEST_CASE("a derived key is keyed BLAKE2b-256 of its purpose") {
  // Computed with Python's hashlib.
  CHECK(ToHex(DeriveKey(CountingKey(), "oshirase button token 1").bytes()) ==
        "39a6916124d4ee2f749d187bfd0120f33d5decf6ea2324c56b19542dfc455f33");
}

TEST_CASE("a wiped string is empty") {
  std::string text = "secret";
  WipeString(text);
  CHECK(text.empty());
}

}  // namespace
}  // namespace oshirase::crypto
