#include "common/crypto/outer_seal.h"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "common/crypto/testing/hex.h"
#include "common/status/errors.h"

namespace oshirase::crypto {
namespace {

const ids::UuidBytes kVenue = ids::ParseUuid("00112233-4455-4677-8899-aabbccddeeff").value();
const VenueHour kHour{.day = Day{18597}, .venue_id = kVenue, .hour = 19};

std::string EphemeralKeyOf(const std::string& row) { return row.substr(5, 32); }

// A sealer whose clock stands until the test moves it.
struct StandingSealer {
  absl::Time now = absl::FromUnixSeconds(1606818000);
  OuterSealer sealer{[this] { return now; }};
};

TEST_CASE("the keys of a venue and hour agree with another implementation") {
  // Computed in Python: keyed BLAKE2b, SHA-512 of the seed, X25519.
  const OuterKeyPair pair = DeriveOuterKeyPair(CountingKey(), kHour);
  CHECK(ToHex(pair.private_key.bytes()) ==
        "9f6a4e0468acf0fe6a6a99e7fdf85fa77acb628951e666f6e6bc357af2ec9f90");
  CHECK(ToHex(pair.public_key) ==
        "96146c602a03097cebf7efcbf6040a1c9a77a43da569e6b712095bc6de97d21c");
  CHECK(OuterKeyPairOf(pair.private_key.Clone()).public_key == pair.public_key);
}

TEST_CASE("a row sealed by another implementation opens") {
  // Written in Python from the layout in outer_seal.h, around the vector of inner_seal_test.cc.
  const std::string row = FromHex(
      "0163f10a227d9c24316539825c1896e57f28197746793ce60cbee3ad47da9d07b85fa55e2ac8c9cacbcccdcecf"
      "d0d1d2d3d4d5d6d7d8d9dadbdcdddedfa0fa63e6ecc6f537de33f65f103e5f7a50d4a9c2174c76cac8d78e62d5"
      "58ef2463c5e0b30d5f35135fd2b4cba99ea9a718f66aaa88e9482740599c6035d9f88071ba62448318f1c561aa"
      "09a813328579fbc60be2b99abbeee36f");
  const auto blob = OpenOuter(DeriveOuterKeyPair(CountingKey(), kHour), row);
  REQUIRE(blob.ok());
  CHECK(ToHex(*blob) ==
        "01404142434445464748494a4b4c4d4e4f50515253545556572bd7d8bc6b4ae09ef892d2fa9cbe749292baac"
        "b20ea01a996a31fc3317341498172e6f92edacaa0d0d5f1f01e9868dfdef");
}

TEST_CASE("another day, venue, hour or seed has another key") {
  const PublicKey key = DeriveOuterKeyPair(CountingKey(), kHour).public_key;
  VenueHour day = kHour;
  ++day.day;
  VenueHour venue = kHour;
  venue.venue_id[0] ^= 1;
  VenueHour hour = kHour;
  --hour.hour;
  for (const VenueHour& other : {day, venue, hour}) {
    CHECK(DeriveOuterKeyPair(CountingKey(), other).public_key != key);
  }
  CHECK(DeriveOuterKeyPair(SecretKey::Random(), kHour).public_key != key);
}

TEST_CASE("a venue's day is 24 public keys in order of hours") {
  const std::string keys = DeriveVenueDayKeys(CountingKey(), kHour.day, kVenue);
  REQUIRE(keys.size() == kVenueDayKeysSize);
  for (int hour = 0; hour < kHoursOfDay; ++hour) {
    CHECK(VenueHourKey(keys, hour).value() ==
          DeriveOuterKeyPair(CountingKey(), {kHour.day, kVenue, hour}).public_key);
  }
  for (const int hour : {-1, 24}) {
    CHECK(ReasonOf(VenueHourKey(keys, hour).status()) == "INVALID_VENUE_KEYS");
  }
  CHECK(ReasonOf(VenueHourKey(keys.substr(1), 0).status()) == "INVALID_VENUE_KEYS");
}

TEST_CASE("what was sealed to an hour opens with that hour's key and with no other") {
  StandingSealer standing;
  const OuterKeyPair pair = DeriveOuterKeyPair(CountingKey(), kHour);
  const std::string row = standing.sealer.Seal(pair.public_key, "inner blob").value();
  CHECK(row.size() == kOuterSealOverhead + 10);
  CHECK(OpenOuter(pair, row).value() == "inner blob");

  for (const int hour : {18, 20}) {
    const auto other = DeriveOuterKeyPair(CountingKey(), {kHour.day, kVenue, hour});
    CHECK(ReasonOf(OpenOuter(other, row).status()) == "SEALED_FOR_ANOTHER_KEY");
  }
}

TEST_CASE("a row that is made to look like another hour's still does not open there") {
  StandingSealer standing;
  const OuterKeyPair mine = DeriveOuterKeyPair(CountingKey(), kHour);
  const OuterKeyPair other = DeriveOuterKeyPair(CountingKey(), {kHour.day, kVenue, 20});
  std::string row = standing.sealer.Seal(mine.public_key, "inner blob").value();
  row.replace(1, 4, standing.sealer.Seal(other.public_key, "x")->substr(1, 4));
  CHECK(ReasonOf(OpenOuter(other, row).status()) == "SEAL_DOES_NOT_OPEN");
}

TEST_CASE("any changed bit of a row is noticed") {
  StandingSealer standing;
  const OuterKeyPair pair = DeriveOuterKeyPair(CountingKey(), kHour);
  const std::string row = standing.sealer.Seal(pair.public_key, "inner blob").value();
  OuterOpener opener({pair.public_key, pair.private_key.Clone()});
  // The top bit of a public key means nothing in X25519; RFC 7748 has it masked.
  constexpr size_t kMaskedBit = 37 * 8 - 1;
  for (size_t bit = 0; bit < row.size() * 8; ++bit) {
    std::string changed = row;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
    CAPTURE(bit);
    if (bit != kMaskedBit) REQUIRE_FALSE(opener.Open(changed).ok());
  }
}

TEST_CASE("rows too short or of another version are malformed") {
  const OuterKeyPair pair = DeriveOuterKeyPair(CountingKey(), kHour);
  CHECK(ReasonOf(OpenOuter(pair, "").status()) == "SEAL_MALFORMED");
  CHECK(ReasonOf(OpenOuter(pair, std::string(kOuterSealOverhead - 1, '\1')).status()) ==
        "SEAL_MALFORMED");
  CHECK(ReasonOf(OpenOuter(pair, std::string(kOuterSealOverhead, '\2')).status()) ==
        "SEAL_MALFORMED");
}

TEST_CASE("the ephemeral key serves all venues for a minute, then another takes its place") {
  StandingSealer standing;
  const OuterKeyPair one = DeriveOuterKeyPair(CountingKey(), kHour);
  const OuterKeyPair two = DeriveOuterKeyPair(CountingKey(), {kHour.day, kVenue, 20});
  const std::string first = standing.sealer.Seal(one.public_key, "1").value();
  standing.now += absl::Seconds(59);
  const std::string second = standing.sealer.Seal(two.public_key, "2").value();
  standing.now += absl::Seconds(1);
  const std::string third = standing.sealer.Seal(one.public_key, "3").value();
  standing.now -= absl::Minutes(5);
  const std::string fourth = standing.sealer.Seal(one.public_key, "4").value();

  CHECK(EphemeralKeyOf(first) == EphemeralKeyOf(second));
  CHECK(EphemeralKeyOf(third) != EphemeralKeyOf(first));
  CHECK(EphemeralKeyOf(fourth) != EphemeralKeyOf(third));
  OuterOpener opener({one.public_key, one.private_key.Clone()});
  CHECK(opener.Open(first).value() == "1");
  CHECK(opener.Open(third).value() == "3");
  CHECK(opener.Open(fourth).value() == "4");
  CHECK(OpenOuter(two, second).value() == "2");
}

TEST_CASE("two sealers never share an ephemeral key") {
  StandingSealer one;
  StandingSealer two;
  const PublicKey key = DeriveOuterKeyPair(CountingKey(), kHour).public_key;
  CHECK(EphemeralKeyOf(one.sealer.Seal(key, "x").value()) !=
        EphemeralKeyOf(two.sealer.Seal(key, "x").value()));
}

TEST_CASE("wiping ends a minute that is over and leaves one that is not") {
  StandingSealer standing;
  const PublicKey key = DeriveOuterKeyPair(CountingKey(), kHour).public_key;
  const std::string before = standing.sealer.Seal(key, "x").value();
  standing.sealer.WipeExpired();
  CHECK(EphemeralKeyOf(standing.sealer.Seal(key, "x").value()) == EphemeralKeyOf(before));
  standing.now += absl::Minutes(1);
  standing.sealer.WipeExpired();
  CHECK(EphemeralKeyOf(standing.sealer.Seal(key, "x").value()) != EphemeralKeyOf(before));
}

TEST_CASE("a full cache starts anew and seals on") {
  const absl::Time now = absl::FromUnixSeconds(1606818000);
  OuterSealer sealer([now] { return now; }, 3);
  for (int hour = 0; hour < kHoursOfDay; ++hour) {
    const OuterKeyPair pair = DeriveOuterKeyPair(CountingKey(), {kHour.day, kVenue, hour});
    CHECK(OpenOuter(pair, sealer.Seal(pair.public_key, "x").value()).value() == "x");
  }
}

TEST_CASE("a public key of small order is refused") {
  StandingSealer standing;
  CHECK(ReasonOf(standing.sealer.Seal(PublicKey{}, "x").status()) == "INVALID_PUBLIC_KEY");
}

TEST_CASE("threads that seal at once while minutes pass all make rows that open") {
  std::atomic<int64_t> seconds = 1606818000;
  OuterSealer sealer([&] { return absl::FromUnixSeconds(seconds += 7); }, 4);
  std::vector<OuterKeyPair> pairs;
  for (int hour = 0; hour < 6; ++hour) {
    pairs.push_back(DeriveOuterKeyPair(CountingKey(), {kHour.day, kVenue, hour}));
  }
  std::vector<std::vector<std::string>> rows(4);
  std::vector<std::thread> threads;
  for (auto& mine : rows) {
    threads.emplace_back([&] {
      for (int i = 0; i < 60; ++i) {
        mine.push_back(sealer.Seal(pairs[i % pairs.size()].public_key, "x").value());
      }
    });
  }
  for (auto& thread : threads) thread.join();

  for (const auto& mine : rows) {
    for (size_t i = 0; i < mine.size(); ++i) {
      REQUIRE(OpenOuter(pairs[i % pairs.size()], mine[i]).ok());
    }
  }
}

}  // namespace
}  // namespace oshirase::crypto
