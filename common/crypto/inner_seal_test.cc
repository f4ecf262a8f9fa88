#include "common/crypto/inner_seal.h"

#include <catch2/catch.hpp>

#include "common/crypto/testing/hex.h"
#include "common/status/errors.h"

namespace oshirase::crypto {
namespace {

const InnerContext kContext{
    .day = Day{18597},  // 2020-12-01
    .venue_id = ids::ParseUuid("00112233-4455-4677-8899-aabbccddeeff").value(),
};

const InnerVisit kVisit{
    .user_id = ids::ParseLineUserId("Uffeeddccbbaa99887766554433221100").value(),
    .scan_time = absl::FromUnixMillis(1606820645123),
    .end_time = absl::FromUnixMillis(1606824245000),
    .flags = 1,
};

std::string ReasonToOpen(const SecretKey& key, const InnerContext& context,
                         const std::string& blob) {
  return ReasonOf(OpenInner(key, context, blob).status());
}

TEST_CASE("a visit sealed by another implementation opens") {
  // Written in Python from the layout in inner_seal.h.
  const std::string blob = FromHex(
      "01404142434445464748494a4b4c4d4e4f5051525354555657"
      "2bd7d8bc6b4ae09ef892d2fa9cbe749292baacb20ea01a996a31fc3317341498172e6f92edacaa0d0d5f1f01"
      "e9868dfdef");
  const auto visit = OpenInner(CountingKey(), kContext, blob);
  REQUIRE(visit.ok());
  CHECK(*visit == kVisit);
}

TEST_CASE("a visit comes back as it was sealed, with an end or without") {
  InnerVisit open_end = kVisit;
  open_end.end_time.reset();
  open_end.flags = 255;
  for (const InnerVisit& visit : {kVisit, open_end}) {
    const std::string blob = SealInner(CountingKey(), kContext, visit);
    CHECK(blob.size() == kInnerSealSize);
    CHECK(OpenInner(CountingKey(), kContext, blob).value() == visit);
  }
}

TEST_CASE("a time keeps its milliseconds and loses what is finer") {
  InnerVisit visit = kVisit;
  visit.scan_time += absl::Microseconds(999);
  const std::string blob = SealInner(CountingKey(), kContext, visit);
  CHECK(OpenInner(CountingKey(), kContext, blob)->scan_time == kVisit.scan_time);
}

TEST_CASE("the same visit never looks the same twice, and shows no user id") {
  const std::string first = SealInner(CountingKey(), kContext, kVisit);
  CHECK(first != SealInner(CountingKey(), kContext, kVisit));
  CHECK(first.find(AsText(kVisit.user_id.bytes)) == std::string::npos);
}

TEST_CASE("a blob moved to another day or venue, or under another day's key, does not open") {
  const std::string blob = SealInner(CountingKey(), kContext, kVisit);

  InnerContext other_day = kContext;
  ++other_day.day;
  CHECK(ReasonToOpen(CountingKey(), other_day, blob) == "SEAL_DOES_NOT_OPEN");

  InnerContext other_venue = kContext;
  other_venue.venue_id[15] ^= 1;
  CHECK(ReasonToOpen(CountingKey(), other_venue, blob) == "SEAL_DOES_NOT_OPEN");

  CHECK(ReasonToOpen(SecretKey::Random(), kContext, blob) == "SEAL_DOES_NOT_OPEN");
}

TEST_CASE("any changed bit is noticed") {
  const std::string blob = SealInner(CountingKey(), kContext, kVisit);
  for (size_t bit = 0; bit < blob.size() * 8; ++bit) {
    std::string changed = blob;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
    REQUIRE_FALSE(OpenInner(CountingKey(), kContext, changed).ok());
  }
}

TEST_CASE("a blob of another size or version is malformed") {
  std::string blob = SealInner(CountingKey(), kContext, kVisit);
  CHECK(ReasonToOpen(CountingKey(), kContext, "") == "SEAL_MALFORMED");
  CHECK(ReasonToOpen(CountingKey(), kContext, blob + "x") == "SEAL_MALFORMED");
  CHECK(ReasonToOpen(CountingKey(), kContext, blob.substr(0, 73)) == "SEAL_MALFORMED");
  blob[0] = 2;
  CHECK(ReasonToOpen(CountingKey(), kContext, blob) == "SEAL_MALFORMED");
}

}  // namespace
}  // namespace oshirase::crypto
