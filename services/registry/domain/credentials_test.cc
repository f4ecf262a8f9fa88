#include "services/registry/domain/credentials.h"

#include <catch2/catch.hpp>

#include "common/status/errors.h"
#include "services/registry/testing/business_scene.h"

namespace oshirase::registry {
namespace {

TEST_CASE("tokens are long, different and known by their hash alone") {
  const Token token = NewToken();
  CHECK(token.text.size() == 43);
  CHECK(token.text.find_first_of("+/=") == std::string::npos);
  CHECK(token.hash == HashOf(token.text));
  CHECK(NewToken().text != token.text);
  CHECK(NewApiKey().text.substr(0, 4) == "osk_");
}

TEST_CASE("a session stands for its business until it ends") {
  BusinessScene scene;
  const auto opened = scene.sign_in.Open(scene.MailedToken());
  REQUIRE(opened.ok());

  const auto holder = scene.credentials.OfSession(opened->token);
  REQUIRE(holder.ok());
  CHECK(holder->actor == "business/" + holder->business_id.value);
  scene.now = opened->expire_time;
  const auto late = scene.credentials.OfSession(opened->token).status();
  CHECK(absl::IsUnauthenticated(late));
  CHECK(ReasonOf(late) == "SESSION_ENDED");
  CHECK(ReasonOf(scene.credentials.OfSession("").status()) == "SESSION_ENDED");
}

TEST_CASE("an API key stands for its business, and a session is none") {
  BusinessScene scene;
  const auto opened = scene.sign_in.Open(scene.MailedToken());
  scene.shared.AddApiKey("osk_secret", "poem@example.com");

  const auto holder = scene.credentials.OfApiKey("osk_secret");

  REQUIRE(holder.ok());
  CHECK(holder->business_id == scene.credentials.OfSession(opened->token)->business_id);
  CHECK(HistoryActorOf(holder->actor) == "business-api");
  CHECK(ReasonOf(scene.credentials.OfApiKey(opened->token).status()) == "API_KEY_UNKNOWN");
}

TEST_CASE("an unreachable store is UNAVAILABLE, not the end of a session") {
  BusinessScene scene;
  const auto down = absl::UnavailableError("down");
  scene.businesses.FailNext(down);
  CHECK(scene.credentials.OfSession("x").status() == down);
  scene.businesses.FailNext(down);
  CHECK(scene.credentials.OfApiKey("x").status() == down);
}

}  // namespace
}  // namespace oshirase::registry
