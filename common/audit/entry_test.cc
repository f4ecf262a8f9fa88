#include "common/audit/entry.h"

#include <catch2/catch.hpp>
#include <vector>

#include "common/crypto/testing/hex.h"
#include "common/status/errors.h"

namespace oshirase::audit {
namespace {

constexpr char kChain[] = "registry";
constexpr absl::Time kTime = absl::FromUnixMicros(1606816800123456);

ChainEntry Link(const ChainEntry& entry) {
  ChainEntry link = entry;
  link.hash = HashOf(kChain, link);
  return link;
}

// The two links of the vectors.
std::vector<ChainEntry> TwoLinks() {
  const ChainEntry first = Link({.seq = 1,
                                 .time = kTime,
                                 .actor = "officer/officer-a",
                                 .action = "venue.registered",
                                 .subject = "00112233-4455-4677-8899-aabbccddeeff",
                                 .detail_json = R"({"name":"居酒屋"})",
                                 .previous_hash = {},
                                 .hash = {}});
  const ChainEntry second = Link({.seq = 2,
                                  .time = kTime + absl::Microseconds(1),
                                  .actor = "timer",
                                  .action = "key.destroyed",
                                  .subject = "2020-11-01",
                                  .detail_json = "{}",
                                  .previous_hash = first.hash,
                                  .hash = {}});
  return {first, second};
}

SignedHead Sign(const crypto::SigningKey& key, const ChainEntry& last) {
  SignedHead head{.seq = last.seq,
                  .hash = last.hash,
                  .signed_at = kTime + absl::Microseconds(5),
                  .verify_key = key.verify_key(),
                  .signature = ""};
  head.signature = key.Sign(HeadMessage(kChain, head));
  return head;
}

TEST_CASE("hashes and head messages agree with another implementation") {
  // Computed in Python from the comment of entry.h.
  const auto links = TwoLinks();
  CHECK(crypto::ToHex(links[0].hash) ==
        "ea9070257ebdb0fc961a276c224431caa9acc446272ef53bff78c1351161c0d2");
  CHECK(crypto::ToHex(links[1].hash) ==
        "8426f19e38e1062049588eb6d1c4a0f5f72538e4ae695ee5f3f5e7f99ce98857");
  const SignedHead head = Sign(crypto::SigningKey::FromSeed(crypto::CountingKey()), links[1]);
  CHECK(crypto::ToHex(HeadMessage(kChain, head)) ==
        "6f736869726173652061756469742068656164203100000008726567697374727900000000000000028426f19e"
        "38e1"
        "062049588eb6d1c4a0f5f72538e4ae695ee5f3f5e7f99ce988570005b56430972a45");
}

TEST_CASE("a chain in order passes, with its heads along the way") {
  const auto key = crypto::SigningKey::FromSeed(crypto::CountingKey());
  ChainChecker checker(kChain);
  CHECK(checker.CheckHead(Sign(key, {})).ok());
  for (const ChainEntry& link : TwoLinks()) {
    CHECK(checker.Next(link).ok());
    CHECK(checker.CheckHead(Sign(key, link)).ok());
  }
  CHECK(checker.seq() == 2);
  CHECK(checker.hash() == TwoLinks()[1].hash);
}

TEST_CASE("a change to any field of a link breaks the chain") {
  const auto change = [](auto edit) {
    ChainEntry link = TwoLinks()[0];
    edit(link);
    ChainChecker checker(kChain);
    return ReasonOf(checker.Next(link));
  };
  CHECK(change([](ChainEntry&) {}).empty());
  CHECK(change([](ChainEntry& e) { e.seq = 2; }) == "AUDIT_CHAIN_BROKEN");
  CHECK(change([](ChainEntry& e) { e.time += absl::Microseconds(1); }) == "AUDIT_CHAIN_BROKEN");
  CHECK(change([](ChainEntry& e) { e.actor = "officer/officer-b"; }) == "AUDIT_CHAIN_BROKEN");
  CHECK(change([](ChainEntry& e) { e.action += "x"; }) == "AUDIT_CHAIN_BROKEN");
  CHECK(change([](ChainEntry& e) { e.subject = ""; }) == "AUDIT_CHAIN_BROKEN");
  CHECK(change([](ChainEntry& e) { e.detail_json = "{ }"; }) == "AUDIT_CHAIN_BROKEN");
  CHECK(change([](ChainEntry& e) { e.previous_hash[0] = 1; }) == "AUDIT_CHAIN_BROKEN");
  CHECK(change([](ChainEntry& e) { e.hash[31] ^= 1; }) == "AUDIT_CHAIN_BROKEN");
  // A letter that moves from one text into the next changes no concatenation, but the lengths.
  CHECK(change([](ChainEntry& e) {
          e.actor.pop_back();
          e.action = "a" + e.action;
        }) == "AUDIT_CHAIN_BROKEN");
}

TEST_CASE("a link that was left out, doubled, or rewritten with a fitting hash is noticed") {
  auto links = TwoLinks();
  ChainChecker without_first(kChain);
  CHECK_FALSE(without_first.Next(links[1]).ok());

  ChainChecker doubled(kChain);
  CHECK(doubled.Next(links[0]).ok());
  CHECK_FALSE(doubled.Next(links[0]).ok());

  ChainChecker rewritten(kChain);
  links[0].actor = "officer/officer-b";
  CHECK(rewritten.Next(Link(links[0])).ok());
  CHECK_FALSE(rewritten.Next(links[1]).ok());
}

TEST_CASE("a link of another service's chain does not fit") {
  ChainChecker checker("notifier");
  CHECK_FALSE(checker.Next(TwoLinks()[0]).ok());
}

TEST_CASE("a head that names another hash or time, or another key's, is forged") {
  const auto key = crypto::SigningKey::FromSeed(crypto::CountingKey());
  const auto links = TwoLinks();
  ChainChecker checker(kChain);
  REQUIRE(checker.Next(links[0]).ok());
  const auto change = [&](auto edit) {
    SignedHead head = Sign(key, links[0]);
    edit(head);
    return ReasonOf(checker.CheckHead(head));
  };
  CHECK(change([](SignedHead&) {}).empty());
  CHECK(change([](SignedHead& h) { h.signed_at += absl::Seconds(1); }) == "AUDIT_HEAD_FORGED");
  CHECK(change([](SignedHead& h) { h.seq = 0; }) == "AUDIT_HEAD_FORGED");
  CHECK(change([&](SignedHead& h) { h = Sign(key, links[1]); }) == "AUDIT_HEAD_FORGED");
  CHECK(change([](SignedHead& h) {
          h.verify_key = crypto::SigningKey::FromSeed(crypto::SecretKey::Random()).verify_key();
        }) == "AUDIT_HEAD_FORGED");
}

}  // namespace
}  // namespace oshirase::audit
