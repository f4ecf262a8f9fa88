#include "services/gateway/http/framing.h"

#include "services/gateway/testing/server_fixture.h"

namespace oshirase::gateway {
namespace {

TEST_CASE("requests sent together are answered in order") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());
  client.Send(GetRequest("/hello?q=1") + PostRequest("/echo", "2") + GetRequest("/hello?q=3"));

  CHECK(client.Read().body == "hello 1\n");
  CHECK(client.Read().body == "2\n");
  CHECK(client.Read().body == "hello 3\n");
}

TEST_CASE("requests whose end others could see elsewhere are refused, and the connection ends") {
  ServerFixture fixture;
  const struct {
    std::string request;
    int status;
  } cases[] = {
      {"POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
       411},
      {PostRequest("/echo", "a", "Transfer-Encoding: chunked\r\n"), 411},
      {PostRequest("/echo", "a", "Content-Encoding: gzip\r\n"), 415},
      {PostRequest("/echo", "a", "Content-Length: 1\r\n"), 400},
      {PostRequest("/echo", "a", "Content-Type: multipart/form-data; boundary=x\r\n"), 415},
      {PostRequest("/echo", "a", "Expect: 100-continue\r\n"), 417},
      {"POST /echo HTTP/1.1\r\nHost: t\r\n\r\n", 411},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: +1\r\n\r\na", 400},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: -1\r\n\r\n", 400},
      {"POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999999999999999\r\n\r\n", 400},
      {PostRequest("/echo", std::string(101, 'x')), 413},
      {PostRequest("/nowhere", std::string(64 * 1024 + 1, 'x')), 413},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc", 400},
      {"PUT /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\n\r\na", 405},
      {"DELETE /echo HTTP/1.1\r\nHost: t\r\n\r\n", 405},
      {"NONSENSE /echo HTTP/1.1\r\nHost: t\r\n\r\n", 400},
      {"nonsense\r\n\r\n", 400},
  };
  for (const auto& [request, status] : cases) {
    INFO(request.substr(0, 100));
    RawClient client(fixture.Socket());
    // A second request, as a smuggler would hide it: it must never be answered.
    const RawAnswer answer = client.Ask(request + GetRequest("/hello"));
    CHECK(answer.status == status);
    CHECK(client.IsClosed());
  }
}

TEST_CASE("a body of exactly the limit is taken") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());
  CHECK(client.Ask(PostRequest("/echo", std::string(100, 'x'))).status == 200);
}

TEST_CASE("ranges and compression are left to the front") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());
  const RawAnswer answer = client.Ask(
      "GET /hello HTTP/1.1\r\nHost: t\r\nRange: bytes=0-1\r\nAccept-Encoding: gzip, br\r\n\r\n");
  CHECK(answer.status == 200);
  CHECK(answer.body == "hello \n");
  CHECK(answer.Header("Content-Encoding").empty());
}

TEST_CASE("a sender that stalls is cut off") {
  ServerFixture fixture(4, 4, {.read = absl::Milliseconds(100)});
  RawClient client(fixture.Socket());
  client.Send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nab");
  CHECK(client.Read().status == 0);
  CHECK(client.IsClosed());
}

}  // namespace
}  // namespace oshirase::gateway
