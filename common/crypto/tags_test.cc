#include "common/crypto/tags.h"

#include <catch2/catch.hpp>

#include "common/crypto/keyed_hash.h"
#include "common/crypto/testing/hex.h"

namespace oshirase::crypto {
namespace {

const ids::LineUserId kUser = ids::ParseLineUserId("U00112233445566778899aabbccddeeff").value();
constexpr std::string_view kEvent = "01HZX3B7N4W5E6R7T8Y9ABCDEF";

TEST_CASE("tags are HMAC-SHA256 cut to 16 bytes, each under its letter") {
  // Computed with Python's hmac.
  const DayTags tags(CountingKey());
  CHECK(ToHex(tags.VisitId(kEvent)) == "9563c01d293ffca3a15408f3607095b0");
  CHECK(ToHex(tags.PersonTag(kUser)) == "eaa2601f77f74c8e97b26dead10ef018");
  CHECK(ToHex(tags.EventTag(kEvent)) == "c4d05465f844c45c45550baffb5b8ecc");
}

TEST_CASE("a tag can be made again and again, and differs from day to day") {
  const DayTags today(CountingKey());
  const DayTags tomorrow(SecretKey::Random());
  CHECK(today.VisitId(kEvent) == today.VisitId(kEvent));
  CHECK(today.VisitId(kEvent) != tomorrow.VisitId(kEvent));
  CHECK(today.PersonTag(kUser) != tomorrow.PersonTag(kUser));
}

TEST_CASE("keyed hashes are BLAKE2b-256 with the purpose in front") {
  // Computed with Python's hashlib.
  CHECK(ToHex(PersonHash(CountingKey(), kSuppressionPurpose, kUser)) ==
        "7ef7ab18a062633820972ab6ce8934bb9181b62f6ce170e83411d84654fa0bad");
  CHECK(ToHex(PersonHash(CountingKey(), kToldPurpose, kUser)) ==
        "87f7d78cbc66cb837e23bac0d29c1465659f1b1772852f633f03b5d8e7332745");
}

TEST_CASE("a purpose never runs into its message") {
  CHECK(KeyedHash(CountingKey(), "ab", "c") != KeyedHash(CountingKey(), "a", "bc"));
}

}  // namespace
}  // namespace oshirase::crypto
