#include "services/gateway/forms/sealed_text.h"

#include <catch2/catch.hpp>

#include "services/gateway/forms/register_draft.h"

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

TEST_CASE("a draft comes back with every field and its request id") {
  Fixture fixture;
  const RegisterDraft draft = {
      "id", {"名\"前", "kana", "event", "1", "address", "2", "e@f", "a\nb", "s", "t", true, true}};
  const auto opened = OpenDraft(fixture.seal, SealDraft(fixture.seal, draft));
  REQUIRE(opened.ok());
  CHECK(opened->request_id == "id");
  CHECK(opened->form.name == "名\"前");
  CHECK(opened->form.kana == "kana");
  CHECK(opened->form.kind == "event");
  CHECK(opened->form.postal_code == "1");
  CHECK(opened->form.address == "address");
  CHECK(opened->form.phone == "2");
  CHECK(opened->form.email == "e@f");
  CHECK(opened->form.measures == "a\nb");
  CHECK(opened->form.event_start_time == "s");
  CHECK(opened->form.event_end_time == "t");
  CHECK(opened->form.listed);
  CHECK(opened->form.name_consent);
}

}  // namespace
}  // namespace oshirase::gateway
