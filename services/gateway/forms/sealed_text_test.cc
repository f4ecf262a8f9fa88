#include "services/gateway/forms/sealed_text.h"

#include <catch2/catch.hpp>

namespace oshirase::gateway {
namespace {

struct Fixture {
  absl::Time now = absl::UnixEpoch() + absl::Hours(1);
  Clock clock = [this] { return now; };
  crypto::SecretKey key = crypto::SecretKey::Random();
  SealedText seal{key, "draft", absl::Hours(1), clock};
};

TEST_CASE("a text comes back until its time is over") {
  Fixture fixture;
  const std::string sealed = fixture.seal.Seal("secret text");
  CHECK(*fixture.seal.Open(sealed) == "secret text");

  fixture.now += absl::Minutes(59);
  CHECK(fixture.seal.Open(sealed).ok());
  fixture.now += absl::Minutes(1);
  CHECK(absl::IsDeadlineExceeded(fixture.seal.Open(sealed).status()));
}

TEST_CASE("a sealed text needs no escaping and shows nothing") {
  Fixture fixture;
  const std::string sealed = fixture.seal.Seal("secret text");
  CHECK(sealed.find_first_not_of(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
        std::string::npos);
  CHECK(sealed.find("secret") == std::string::npos);
}

TEST_CASE("another gateway with the same key opens it, another purpose or key does not") {
  Fixture fixture;
  const std::string sealed = fixture.seal.Seal("x");
  CHECK(SealedText(fixture.key, "draft", absl::Hours(1), fixture.clock).Open(sealed).ok());
  CHECK_FALSE(SealedText(fixture.key, "done", absl::Hours(1), fixture.clock).Open(sealed).ok());
  CHECK_FALSE(SealedText(crypto::SecretKey::Random(), "draft", absl::Hours(1), fixture.clock)
                  .Open(sealed)
                  .ok());
}

TEST_CASE("a changed, cut or made-up text is refused") {
  Fixture fixture;
  const std::string sealed = fixture.seal.Seal("x");
  for (size_t i = 0; i < sealed.size(); i += 7) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(fixture.seal.Open(changed).ok());
  }
  for (const std::string& bad : {std::string(), std::string("!"), std::string(100'000, 'A'),
                                 sealed.substr(0, sealed.size() - 4), sealed + "AAAA"}) {
    CHECK(absl::IsInvalidArgument(fixture.seal.Open(bad).status()));
  }
}

}  // namespace
}  // namespace oshirase::gateway
