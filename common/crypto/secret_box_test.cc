#include "common/crypto/secret_box.h"

#include <catch2/catch.hpp>

#include "common/crypto/aead.h"
#include "common/crypto/testing/hex.h"
#include "common/status/errors.h"

namespace oshirase::crypto {
namespace {

TEST_CASE("XChaCha20-Poly1305 agrees with draft-irtf-cfrg-xchacha, appendix A.3.1") {
  const SecretKey key = SecretKey::FromBytes(FromHex("808182838485868788898a8b8c8d8e8f"
                                                     "909192939495969798999a9b9c9d9e9f"))
                            .value();
  const std::string sealed =
      "\x01" + FromHex(
                   "404142434445464748494a4b4c4d4e4f5051525354555657"
                   "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
                   "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
                   "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
                   "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49");
  std::string plain(sealed.size() - kAeadOverhead, '\0');
  REQUIRE(AeadOpen(key, FromHex("50515253c0c1c2c3c4c5c6c7"), sealed, AsBytes(plain)));
  CHECK(plain ==
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
        "future, sunscreen would be it.");
}

TEST_CASE("a box sealed by another implementation opens") {
  // Written in Python from the layout in secret_box.h.
  const std::string sealed = FromHex(
      "01404142434445464748494a4b4c4d4e4f5051525354555657"
      "a65c6619a0891c78fb871962145b07e24260bc93b01189ff60c0");
  CHECK(OpenWithKey(CountingKey(), "batch 7", sealed).value() == "recipients");
}

TEST_CASE("what was sealed opens again, whatever its length") {
  for (const size_t size : {0, 1, 16, 1000000}) {
    const std::string plain(size, 'x');
    const std::string sealed = SealWithKey(CountingKey(), "here", plain);
    CHECK(sealed.size() == size + kSecretBoxOverhead);
    CHECK(OpenWithKey(CountingKey(), "here", sealed).value() == plain);
  }
}

TEST_CASE("sealing twice gives two different boxes") {
  CHECK(SealWithKey(CountingKey(), "", "same") != SealWithKey(CountingKey(), "", "same"));
}

TEST_CASE("another key, another place and any changed bit are refused") {
  const std::string sealed = SealWithKey(CountingKey(), "here", "secret");
  CHECK(ReasonOf(OpenWithKey(SecretKey::Random(), "here", sealed).status()) ==
        "SEAL_DOES_NOT_OPEN");
  CHECK(ReasonOf(OpenWithKey(CountingKey(), "there", sealed).status()) == "SEAL_DOES_NOT_OPEN");
  for (size_t bit = 8; bit < sealed.size() * 8; ++bit) {
    std::string changed = sealed;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
    REQUIRE(ReasonOf(OpenWithKey(CountingKey(), "here", changed).status()) == "SEAL_DOES_NOT_OPEN");
  }
}

TEST_CASE("an unknown version and a box that is too short are malformed") {
  std::string sealed = SealWithKey(CountingKey(), "here", "");
  CHECK(ReasonOf(OpenWithKey(CountingKey(), "here", sealed.substr(1)).status()) ==
        "SEAL_MALFORMED");
  CHECK(ReasonOf(OpenWithKey(CountingKey(), "here", "").status()) == "SEAL_MALFORMED");
  sealed[0] = 2;
  CHECK(ReasonOf(OpenWithKey(CountingKey(), "here", sealed).status()) == "SEAL_MALFORMED");
}

}  // namespace
}  // namespace oshirase::crypto
