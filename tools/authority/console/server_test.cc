#include "tools/authority/console/server.h"

#include <httplib.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "tests/support/status_matchers.h"
#include "tools/authority/console/api.h"
#include "tools/authority/testing/fake_desk.h"

namespace oshirase::authority::console {
namespace {

using nlohmann::json;

constexpr char kVenue[] = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";

// A console of an officer of the desk, and a browser that was let in.
struct Scene {
  explicit Scene(std::vector<Route> routes = {}) : job(*desk.session, interruption) {
    auto all = ApiRoutes(*desk.session, job);
    for (auto& route : routes) all.push_back(std::move(route));
    auto started = Server::Start("127.0.0.1:0", std::move(all));
    REQUIRE_OK(started);
    server = *std::move(started);
    browser = std::make_unique<httplib::Client>(server->origin());
    const auto entered = browser->Get(server->url().substr(server->origin().size()));
    REQUIRE(entered);
    REQUIRE(entered->status == 303);
    const auto cookie = entered->get_header_value("Set-Cookie");
    headers = {{"Cookie", cookie.substr(0, cookie.find(';'))}, {"Origin", server->origin()}};
  }

  httplib::Result Get(const std::string& path) { return browser->Get(path, headers); }
  httplib::Result Post(const std::string& path, const std::string& body) {
    return browser->Post(path, headers, body, "application/json");
  }

  DeskScene desk;
  Interruption interruption;
  ReissueJob job;
  std::unique_ptr<Server> server;
  std::unique_ptr<httplib::Client> browser;
  httplib::Headers headers;
};

std::string ReasonOfAnswer(const httplib::Result& answer) {
  REQUIRE(answer);
  return json::parse(answer->body).at("reason").get<std::string>();
}

TEST_CASE("only an address of this machine is listened on") {
  for (const auto* listen :
       {"0.0.0.0:0", "192.0.2.1:0", "[::]:0", "localhost:0", "127.0.0.1", ""}) {
    CAPTURE(listen);
    const auto server = Server::Start(listen, {});
    REQUIRE_FALSE(server.ok());
    CHECK(ReasonOf(server.status()) == "WRONG_USE");
  }
}

TEST_CASE("a port that is taken is not shared") {
  const auto first = Server::Start("127.0.0.1:0", {});
  REQUIRE_OK(first);

  const auto second = Server::Start((*first)->origin().substr(std::string("http://").size()), {});

  CHECK(absl::IsUnavailable(second.status()));
}

TEST_CASE("the first page exchanges the token for a cookie that no script can read") {
  Scene scene;

  const auto entered =
      scene.browser->Get(scene.server->url().substr(scene.server->origin().size()));

  REQUIRE(entered);
  CHECK(entered->get_header_value("Location") == "/");
  CHECK(absl::StrContains(entered->get_header_value("Set-Cookie"),
                          "; Path=/; HttpOnly; SameSite=Strict"));
}

TEST_CASE("pages forbid what is not their own, and nothing is kept") {
  Scene scene;

  const auto page = scene.Get("/");

  REQUIRE(page);
  CHECK(page->status == 200);
  CHECK(absl::StrContains(page->body, "/app.mjs"));
  const auto policy = page->get_header_value("Content-Security-Policy");
  CHECK(absl::StrContains(policy, "default-src 'none'; script-src 'self'"));
  CHECK_FALSE(absl::StrContains(policy, "unsafe"));
  CHECK(page->get_header_value("Cache-Control") == "no-store");
  CHECK(page->get_header_value("X-Content-Type-Options") == "nosniff");
  CHECK(page->get_header_value("Referrer-Policy") == "no-referrer");
}

TEST_CASE("without the cookie neither pages nor data are given") {
  Scene scene;
  for (const auto* path : {"/", "/app.mjs", "/api/register", "/?token=wrong"}) {
    const auto answer = scene.browser->Get(path);
    REQUIRE(answer);
    CHECK(answer->status == 401);
    CHECK(ReasonOfAnswer(answer) == "NOT_OPENED_WITH_TOKEN");
  }
}

TEST_CASE("another host's name, another origin and another site are refused") {
  Scene scene;

  auto headers = scene.headers;
  headers.emplace("Host", "evil.example");
  CHECK(ReasonOfAnswer(scene.browser->Get("/api/me", headers)) == "HOST_NOT_OURS");

  headers = scene.headers;
  headers.erase("Origin");
  headers.emplace("Origin", "http://evil.example");
  CHECK(ReasonOfAnswer(scene.browser->Post("/api/entries/mail", headers, "{}",
                                           "application/json")) == "CROSS_ORIGIN");

  headers = scene.headers;
  headers.emplace("Sec-Fetch-Site", "same-site");
  CHECK(ReasonOfAnswer(scene.browser->Get("/api/me", headers)) == "CROSS_SITE");
}

TEST_CASE("a body that is too long, of another type or of unknown length is refused") {
  Scene scene;

  const auto longer = scene.Post("/api/letters/close", std::string(kDefaultMaxBodyBytes + 1, ' '));
  REQUIRE(longer);
  CHECK(longer->status == 413);
  CHECK(ReasonOfAnswer(longer) == "TOO_LARGE");
  CHECK(ReasonOfAnswer(scene.browser->Post("/api/letters/close", scene.headers, "a=b",
                                           "application/x-www-form-urlencoded")) == "NOT_JSON");
}

TEST_CASE("what is no page and no route is not found, and a page takes no data") {
  Scene scene;

  CHECK(ReasonOfAnswer(scene.Get("/../../etc/passwd")) == "NO_SUCH_PAGE");
  CHECK(ReasonOfAnswer(scene.Get("/api/nothing")) == "NO_SUCH_PAGE");
  CHECK(ReasonOfAnswer(scene.Post("/", "{}")) == "NO_SUCH_PAGE");
  CHECK(ReasonOfAnswer(scene.Post("/api/register", "{}")) == "NO_SUCH_PAGE");
}

TEST_CASE("a handler that throws shows nothing of why") {
  Scene scene({{"GET", "/throws", [](const Request&) -> absl::StatusOr<Reply> {
                  throw std::runtime_error("秘密");
                }}});

  const auto answer = scene.Get("/throws");

  REQUIRE(answer);
  CHECK(answer->status == 500);
  CHECK_FALSE(absl::StrContains(answer->body, "秘密"));
}

TEST_CASE("a stream that fails is broken off instead of ending well") {
  Scene scene({{"GET", "/stream", [](const Request&) -> absl::StatusOr<Reply> {
                  return Reply{.stream = [](const Write& write) -> absl::Status {
                    write("half");
                    return absl::UnavailableError("gone");
                  }};
                }}});

  CHECK_FALSE(scene.Get("/stream"));
}

TEST_CASE("the register is given page by page, whole as the program prints it") {
  Scene scene;
  for (int i = 0; i < 60; ++i) {
    registry::v1::RegisterEntry entry;
    entry.mutable_venue()->set_venue_id(kVenue);
    entry.mutable_venue()->mutable_details()->set_name(absl::StrCat("<b>店", i));
    scene.desk.desk.entries.push_back(entry);
  }

  const auto first = json::parse(scene.Get("/api/register")->body);
  REQUIRE(first["entries"].size() == 50);
  CHECK(first["entries"][0]["details"]["name"] == "<b>店0");
  const auto second =
      json::parse(scene.Get("/api/register?page=" + first["next"].get<std::string>())->body);

  CHECK(second["entries"].size() == 10);
  CHECK(second["next"] == "");
}

TEST_CASE("a refusal of the registry reaches the page with its reason and its words") {
  Scene scene;
  scene.desk.desk.FailNext(
      ReasonedError(absl::StatusCode::kPermissionDenied, "CALLER_NOT_ALLOWED", "no"));

  const auto answer = scene.Get("/api/register");

  REQUIRE(answer);
  CHECK(answer->status == 403);
  const auto problem = json::parse(answer->body);
  CHECK(problem["reason"] == "CALLER_NOT_ALLOWED");
  CHECK(problem["title"] == "この操作をする役割がありません。");
  CHECK(answer->get_header_value("Content-Type") == "application/problem+json; charset=utf-8");
}

TEST_CASE("everything that is wrong with a form is said before the registry is asked") {
  Scene scene;

  const auto answer =
      scene.Post("/api/entries", R"({"details": {"name": "", "email": ""}, "reason": "x"})");

  REQUIRE(answer);
  CHECK(answer->status == 422);
  const auto problem = json::parse(answer->body);
  CHECK(problem["errors"].size() >= 4);
  CHECK(problem["errors"][0]["detail"] == "施設名を入力してください");
  const absl::MutexLock lock(&scene.desk.desk.mutex);
  CHECK(scene.desk.desk.asked.empty());
}

TEST_CASE("a body with a member that is unknown, missing or of another type is refused") {
  Scene scene;
  for (const auto* body : {"", "[]", "{", R"({"number": 1, "answer": "x"})", R"({"number": "1"})",
                           R"({"number": "1", "answer": "x", "more": 1})"}) {
    CAPTURE(body);
    CHECK(ReasonOfAnswer(scene.Post("/api/letters/close", body)) == "WRONG_USE");
  }
}

TEST_CASE("a correction goes from the revision that the page showed") {
  Scene scene;

  const auto body =
      absl::StrCat(R"({"venue_id": ")", kVenue, R"(", "revision": 7, "reason": "看板",)",
                   R"( "details": {"name": "たけ", "kind": "restaurant",)",
                   R"( "address": "本町1", "email": "a@example.jp"}})");
  const auto answer = scene.Post("/api/entries/correct", body);

  REQUIRE(answer);
  CHECK(answer->status == 200);
  const absl::MutexLock lock(&scene.desk.desk.mutex);
  REQUIRE(scene.desk.desk.asked.size() == 1);
  CHECK(absl::StrContains(scene.desk.desk.asked[0], "revision: 7"));
}

TEST_CASE("one reissue runs at a time, and its end is told") {
  Scene scene;
  {
    const absl::MutexLock lock(&scene.desk.desk.mutex);
    scene.desk.desk.reissues.push_back({.done = {10, 20}, .end = absl::OkStatus(), .hangs = false});
  }
  constexpr char kStart[] = R"({"run_id": "", "reason": "様式", "mail": false})";

  REQUIRE(scene.Post("/api/certificates/reissue", kStart)->status == 200);
  auto state = scene.job.Now();
  while (state.running) state = scene.job.After(state.change, absl::Seconds(10));

  CHECK_FALSE(state.run_id.empty());
  CHECK(state.progress.done == 20);
  CHECK(state.end.ok());
  CHECK(scene.Post("/api/certificates/reissue", kStart)->status == 200);
}

TEST_CASE("while a reissue runs another one is refused, and Ctrl-C ends it") {
  Scene scene;
  {
    const absl::MutexLock lock(&scene.desk.desk.mutex);
    scene.desk.desk.reissues.push_back({.done = {10}, .end = absl::OkStatus(), .hangs = true});
  }
  constexpr char kStart[] = R"({"run_id": "", "reason": "様式", "mail": false})";

  REQUIRE(scene.Post("/api/certificates/reissue", kStart)->status == 200);
  const auto second = scene.Post("/api/certificates/reissue", kStart);
  std::raise(SIGINT);
  auto state = scene.job.Now();
  while (state.running) state = scene.job.After(state.change, absl::Seconds(10));

  CHECK(second->status == 409);
  CHECK(ReasonOfAnswer(second) == "REISSUE_RUNNING");
  CHECK(absl::IsCancelled(state.end));
}

}  // namespace
}  // namespace oshirase::authority::console
