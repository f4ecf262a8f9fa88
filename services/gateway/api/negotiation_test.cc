#include "services/gateway/api/negotiation.h"

#include <catch2/catch.hpp>

namespace oshirase::gateway {
namespace {

TEST_CASE("a type is accepted by name, by its range, by any, and by silence") {
  for (const char* accept : {"", "*/*", "application/*", "application/json", "Application/JSON",
                             "text/html, application/json;q=0.1", "text/html,*/*;q=0.1",
                             "application/json; charset=utf-8"}) {
    CHECK(Accepts(accept, "application/json"));
  }
  for (const char* accept : {"text/html", "text/*", "application/json;q=0", "application/pdf",
                             "*/*, application/json;q=0", "application/*;q=0.0"}) {
    CHECK_FALSE(Accepts(accept, "application/json"));
  }
}

TEST_CASE("English is for those who prefer it, Japanese for everybody else") {
  for (const char* header : {"", "ja", "fr", "ja,en", "ja, en;q=0.9", "en;q=0.5, ja;q=0.8", "*",
                             "english", "e", "en;q=0"}) {
    CHECK(PreferredLanguage(header) == Language::kJapanese);
  }
  for (const char* header : {"en", "en-US,en;q=0.5", "fr, en;q=0.2", "ja;q=0.5, en-GB", "EN"}) {
    CHECK(PreferredLanguage(header) == Language::kEnglish);
  }
}

TEST_CASE("a body's type is told without its parameters") {
  HttpRequest request;
  CHECK(BodyType(request).empty());
  request.headers = {{"content-type", "Application/JSON ; charset=utf-8"}};
  CHECK(BodyType(request) == "application/json");
}

}  // namespace
}  // namespace oshirase::gateway
