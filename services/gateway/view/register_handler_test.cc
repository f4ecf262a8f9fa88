#include "services/gateway/view/register_handler.h"

#include <catch2/catch.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/log/testing/captured_log.h"
#include "common/status/errors.h"
#include "services/gateway/testing/fake_registry_client.h"

namespace oshirase::gateway {
namespace {

const std::string kGood =
    "name=%E3%81%BF%E3%81%AA%E3%81%A8&kind=restaurant&address=Yokohama&email=a%40b.jp&"
    "measures=%E6%8F%9B%E6%B0%97%0D%0A%E6%B6%88%E6%AF%92";

struct Fixture {
  CapturedLog log;
  FakeRegistryClient registry;
  absl::Time now = absl::UnixEpoch() + absl::Hours(1);
  Renderer renderer{{"神奈川県", "045-285-0536"}};
  RegisterHandler handler{{registry, renderer, [this] { return now; }},
                          {.public_url = "https://oshirase.example", .bot_basic_id = "@oshirase"},
                          crypto::SecretKey::Random()};
  Router router{handler.Routes()};

  HttpResponse Ask(const std::string& method, const std::string& path, const std::string& body = "",
                   std::vector<std::pair<std::string_view, std::string_view>> headers = {}) {
    HttpRequest request;
    request.method = method;
    request.path = path.substr(0, path.find("?t="));
    request.body = body;
    if (path.size() > request.path.size()) {
      request.query = {{"t", path.substr(request.path.size() + 3)}};
    }
    request.headers = std::move(headers);
    request.request_id = NewUuid();
    return router.Find(method, request.path)->handler(request);
  }
  // The draft on a check page.
  std::string Draft() {
    const std::string page = Ask("POST", "/register/check", kGood).body;
    const std::string before = "name=\"draft\" value=\"";
    const size_t at = page.find(before);
    REQUIRE(at != std::string::npos);
    return page.substr(at + before.size(), page.find('"', at + before.size()) - at - before.size());
  }
  std::string Location(const HttpResponse& response) {
    REQUIRE(response.status == 303);
    return response.headers.at(0).second;
  }
};

bool Has(const HttpResponse& response, const std::string& text) {
  return absl::StrContains(response.body, text);
}

TEST_CASE("every page compiled in is well formed and asks for no raw text") {
  CHECK(Renderer::CheckPages().ok());
}

TEST_CASE("the form has a label for each field and the twenty kinds") {
  Fixture fixture;
  const HttpResponse page = fixture.Ask("GET", "/register");
  CHECK(page.status == 200);
  for (const char* name :
       {"name", "kana", "kind", "postal_code", "address", "phone", "email", "measures",
        "event_start_time", "event_end_time", "listed", "name_consent"}) {
    CHECK(Has(page, absl::StrCat("for=\"", name, "\"")));
    CHECK(Has(page, absl::StrCat("id=\"", name, "\"")));
  }
  CHECK(Has(page, "<option value=\"clinic\">"));
  CHECK(Has(page, "神奈川県"));
}

TEST_CASE("from form to QR: check page, registration, done page") {
  Fixture fixture;
  const HttpResponse check = fixture.Ask("POST", "/register/check", kGood);
  CHECK(check.status == 200);
  CHECK(Has(check, "みなと"));
  CHECK(Has(check, "飲食店"));
  CHECK(Has(check, "換気"));
  CHECK(fixture.registry.registered().empty());

  const std::string location =
      fixture.Location(fixture.Ask("POST", "/register", "draft=" + fixture.Draft()));
  REQUIRE(fixture.registry.registered().size() == 1);
  const VenueDetails details = fixture.registry.registered().begin()->second;
  CHECK(details.name == "みなと");
  CHECK(details.measures == std::vector<std::string>{"換気", "消毒"});

  const HttpResponse done = fixture.Ask("GET", location);
  CHECK(done.status == 200);
  CHECK(Has(done, "みなと"));
  CHECK(Has(done, "https://line.me/R/oaMessage/%40oshirase/?"));
  const std::string token = location.substr(location.find("?t="));
  CHECK(fixture.Ask("GET", "/registered/qr.png" + token).content_type == "image/png");
  CHECK(fixture.Ask("GET", "/registered/qr.svg" + token).content_type == "image/svg+xml");
}

TEST_CASE("the address of the done page holds no code and ends within the hour") {
  Fixture fixture;
  const std::string location =
      fixture.Location(fixture.Ask("POST", "/register", "draft=" + fixture.Draft()));
  const HttpResponse done = fixture.Ask("GET", location);
  const std::string before = "class=\"answer-value code\">";
  const std::string code = done.body.substr(done.body.find(before) + before.size(), 21);
  CHECK(ids::ParseVenueCode(code).ok());
  CHECK_FALSE(absl::StrContains(location, code.substr(0, 4)));

  fixture.now += absl::Hours(1);
  CHECK(fixture.Ask("GET", location).status == 410);
  CHECK(fixture.Ask("GET", "/registered?t=made-up").status == 400);
  CHECK(fixture.Ask("GET", "/registered").status == 400);
}

TEST_CASE("sending the same check page twice registers one venue") {
  Fixture fixture;
  const std::string body = "draft=" + fixture.Draft();
  fixture.Ask("POST", "/register", body);
  fixture.Ask("POST", "/register", body);
  CHECK(fixture.registry.registered().size() == 1);
}

TEST_CASE(
    "a form with problems comes back as 422, with values, a summary and the same words at the "
    "field") {
  Fixture fixture;
  const HttpResponse page = fixture.Ask("POST", "/register/check",
                                        "name=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&email=x");
  CHECK(page.status == 422);
  CHECK(Has(page, "<title>エラー："));
  CHECK(Has(page, "<a href=\"#email\">メールアドレスは"));
  CHECK(Has(page, "id=\"email-problem\""));
  CHECK(Has(page, "aria-invalid=\"true\""));
  CHECK(Has(page, "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"));
  CHECK_FALSE(Has(page, "<script"));
}

TEST_CASE("changing an answer brings the form back with its values and the field in focus") {
  Fixture fixture;
  const HttpResponse page =
      fixture.Ask("POST", "/register/edit", absl::StrCat("field=address&draft=", fixture.Draft()));
  CHECK(page.status == 200);
  CHECK(Has(page, "value=\"みなと\""));
  CHECK(Has(page, "id=\"address\" name=\"address\" value=\"Yokohama\""));
  CHECK(page.body.find("autofocus") == page.body.rfind("autofocus"));
  CHECK(Has(page, "<option value=\"restaurant\" selected>"));
}

TEST_CASE("a draft that is missing, made up, changed or a day old registers nothing") {
  Fixture fixture;
  std::string changed = fixture.Draft();
  changed[20] = changed[20] == 'A' ? 'B' : 'A';
  CHECK(fixture.Ask("POST", "/register", "").status == 400);
  CHECK(fixture.Ask("POST", "/register", "draft=x").status == 400);
  CHECK(fixture.Ask("POST", "/register", "draft=" + changed).status == 400);
  CHECK(fixture.Ask("POST", "/register", "draft=%ff").status == 400);
  CHECK(fixture.Ask("POST", "/register", kGood).status == 400);
  const std::string old = fixture.Draft();
  fixture.now += absl::Hours(24);
  CHECK(fixture.Ask("POST", "/register", "draft=" + old).status == 410);
  CHECK(fixture.registry.registered().empty());
}

TEST_CASE("a form sent from another site is refused, from ours it is not") {
  Fixture fixture;
  const std::string body = "draft=" + fixture.Draft();
  CHECK(fixture.Ask("POST", "/register", body, {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
  CHECK(fixture.Ask("POST", "/register", body, {{"Origin", "https://evil.example"}}).status == 403);
  CHECK(
      fixture.Ask("POST", "/register/check", kGood, {{"Origin", "https://evil.example"}}).status ==
      403);
  CHECK(fixture.registry.registered().empty());
  CHECK(fixture
            .Ask("POST", "/register", body, {{"Origin", "null"}, {"Sec-Fetch-Site", "same-origin"}})
            .status == 303);
  CHECK(fixture.Ask("POST", "/register", body, {{"Origin", "https://oshirase.example"}}).status ==
        303);
  CHECK(fixture
            .Ask("POST", "/register", body,
                 {{"Origin", "http://localhost:8080"}, {"Host", "localhost:8080"}})
            .status == 303);
}

TEST_CASE("when the registry does not answer the same draft can be sent again") {
  Fixture fixture;
  const std::string draft = fixture.Draft();
  fixture.registry.FailNext(absl::UnavailableError("down"));
  const HttpResponse page = fixture.Ask("POST", "/register", "draft=" + draft);
  CHECK(page.status == 503);
  CHECK(Has(page, draft));
  CHECK(fixture.Ask("POST", "/register", "draft=" + draft).status == 303);
  CHECK(fixture.registry.registered().size() == 1);
}

TEST_CASE("a field the registry refuses is shown at the field") {
  Fixture fixture;
  fixture.registry.FailNext(InvalidFields("VENUE_INVALID", {{"details.address", "is odd"}}));
  const HttpResponse page = fixture.Ask("POST", "/register", "draft=" + fixture.Draft());
  CHECK(page.status == 422);
  CHECK(Has(page, "href=\"#address\""));
  CHECK(Has(page, "id=\"address-problem\""));
  CHECK_FALSE(Has(page, "is odd"));
}

TEST_CASE("the log of a registration names nothing that was typed") {
  Fixture fixture;
  fixture.registry.FailNext(absl::UnavailableError("minato at yokohama"));
  fixture.Ask("POST", "/register", "draft=" + fixture.Draft());
  CHECK(fixture.log.text().find("registration failed") != std::string::npos);
  CHECK(fixture.log.text().find("okohama") == std::string::npos);
}

}  // namespace
}  // namespace oshirase::gateway
