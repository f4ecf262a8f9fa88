#include "absl/strings/match.h"
#include "services/gateway/http/server.h"
#include "services/gateway/testing/server_fixture.h"

namespace oshirase::gateway {
namespace {

constexpr char kFiles[] = "Content-Type: multipart/form-data; boundary=x\r\n";

TEST_CASE("a form with files arrives as its bytes, mistakes and all, where it is taken") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());
  const std::string broken = "--x\r\nno part at all";
  CHECK(client.Ask(PostRequest("/file", broken, kFiles)).body ==
        "multipart/form-data; boundary=x 19\n");
  // The connection goes on with the next request, not with what is left of this one.
  CHECK(client.Ask(GetRequest("/hello?q=next")).body == "hello next\n");
  CHECK(client.Ask(PostRequest("/file", std::string(5'000'000, 'x'), kFiles)).body ==
        "multipart/form-data; boundary=x 5000000\n");
  CHECK(client.Ask(PostRequest("/echo", broken, kFiles)).status == 415);
}

TEST_CASE("nobody can slip in a type of the body that is not the request's") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());
  const RawAnswer answer =
      client.Ask(PostRequest("/file", "", "Oshirase-Form-Type: a\r\nContent-Type: text/plain\r\n"));
  CHECK(answer.body == "text/plain 0\n");
}

TEST_CASE("an answer in pieces is sent whole, and one that breaks off does not end well") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());
  const std::string close = "Connection: close\r\n\r\n";
  client.Send("GET /pieces HTTP/1.1\r\nHost: t\r\n" + close);
  const std::string whole = client.ReadToClose();
  CHECK(absl::StrContains(whole, "Transfer-Encoding: chunked"));
  CHECK(absl::StrContains(whole, "X-Content-Type-Options: nosniff"));
  CHECK(absl::StrContains(whole, "30d40\r\nxxx"));
  CHECK(absl::EndsWith(whole, "6\r\n,three\r\n0\r\n\r\n"));

  RawClient other(fixture.Socket());
  other.Send("GET /broken HTTP/1.1\r\nHost: t\r\n\r\n");
  const std::string broken = other.ReadToClose();
  CHECK(absl::StrContains(broken, "one,"));
  CHECK_FALSE(absl::EndsWith(broken, "0\r\n\r\n"));
}

}  // namespace
}  // namespace oshirase::gateway
