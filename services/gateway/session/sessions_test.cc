#include "services/gateway/session/sessions.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"

namespace oshirase::gateway {
namespace {

const std::string kToken = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM-_01";
constexpr char kUrl[] = "https://oshirase.example";

HttpRequest WithCookie(const std::string& cookie) {
  HttpRequest request;
  request.headers = {{"Cookie", cookie}};
  return request;
}

std::string CookieOf(const Sessions& sessions) {
  HttpResponse response;
  sessions.Begin(kToken, absl::Hours(2), response);
  return response.headers.at(0).second;
}

TEST_CASE("the cookie is for this host alone, for no script and for no other site's forms") {
  const crypto::SecretKey key = crypto::SecretKey::Random();
  CHECK(CookieOf(Sessions(kUrl, key)) ==
        absl::StrCat("__Host-oshirase-session=", kToken,
                     "; Path=/; Max-Age=7200; HttpOnly; SameSite=Lax; Secure"));
  CHECK(
      CookieOf(Sessions("http://127.0.0.1:8080", key)) ==
      absl::StrCat("oshirase-session=", kToken, "; Path=/; Max-Age=7200; HttpOnly; SameSite=Lax"));
  HttpResponse response;
  Sessions(kUrl, key).End(response);
  CHECK(response.headers.at(0).second ==
        "__Host-oshirase-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
}

TEST_CASE("a session is read from among other cookies, and only if it can be one") {
  const Sessions sessions(kUrl, crypto::SecretKey::Random());
  const auto secret = [&](const std::string& cookie) {
    const HttpRequest request = WithCookie(cookie);
    const auto session = sessions.Of(request);
    return session ? session->secret : "";
  };
  const std::string good = absl::StrCat("__Host-oshirase-session=", kToken);
  CHECK(secret(good) == kToken);
  CHECK(secret(absl::StrCat("a=b; ", good, "; c=d")) == kToken);
  CHECK(secret(absl::StrCat("x", good)).empty());
  CHECK(secret(absl::StrCat("oshirase-session=", kToken)).empty());
  CHECK(secret("__Host-oshirase-session=short").empty());
  CHECK(secret(absl::StrCat(good, "x")).empty());
  CHECK(secret("").empty());
}

TEST_CASE("a form is read only from our own page of the same session") {
  const crypto::SecretKey key = crypto::SecretKey::Random();
  const Sessions sessions(kUrl, key);
  const Credential session = {Credential::Kind::kSession, kToken};
  const Credential other = {Credential::Kind::kSession, std::string(43, 'x')};
  const auto read = [&](const std::string& csrf, const std::string& origin) {
    HttpRequest request;
    request.method = "POST";
    request.body = absl::StrCat("a=b&csrf=", csrf);
    request.headers = {{"Origin", origin}};
    return sessions.ReadForm(request, session);
  };
  CHECK(FieldOf(*read(sessions.CsrfToken(session), kUrl), "a") == "b");
  CHECK(read(Sessions(kUrl, key).CsrfToken(session), kUrl).ok());
  CHECK(absl::IsPermissionDenied(read(sessions.CsrfToken(other), kUrl).status()));
  CHECK(absl::IsPermissionDenied(read("", kUrl).status()));
  CHECK(
      absl::IsPermissionDenied(read(sessions.CsrfToken(session), "https://evil.example").status()));
  CHECK(sessions.CsrfToken(session).find(kToken) == std::string::npos);
}

}  // namespace
}  // namespace oshirase::gateway
