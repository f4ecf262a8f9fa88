#include "services/gateway/http/server.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "common/config/bad_configuration.h"
#include "services/gateway/testing/server_fixture.h"

namespace oshirase::gateway {
namespace {

TEST_CASE("requests on one connection are answered one after another") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());

  CHECK(client.Ask(GetRequest("/hello?q=%E3%81%82+b")).body == "hello あ b\n");
  CHECK(client.Ask(PostRequest("/echo", std::string("a\0b", 3))).body == std::string("a\0b\n", 4));
  CHECK(client.Ask(GetRequest("/hello")).status == 200);
}

TEST_CASE("every answer carries the security headers and is not kept by default") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());
  for (const char* path : {"/hello", "/nowhere", "/throw"}) {
    const RawAnswer answer = client.Ask(GetRequest(path));
    CHECK(answer.Header("Content-Security-Policy").find("default-src 'none'") == 0);
    CHECK(answer.Header("X-Content-Type-Options") == "nosniff");
    CHECK(answer.Header("Referrer-Policy") == "no-referrer");
    CHECK(answer.Header("Cache-Control") == "no-store");
  }
}

TEST_CASE("HEAD is GET without the body, other methods and unknown paths are told so") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());
  client.Send("HEAD /hello HTTP/1.1\r\nHost: t\r\n\r\n");
  CHECK(client.Read(/*has_body=*/false).status == 200);
  CHECK(client.Ask(GetRequest("/nowhere")).status == 404);
  const RawAnswer wrong_method = client.Ask(GetRequest("/echo"));
  CHECK(wrong_method.status == 405);
  CHECK(wrong_method.Header("Allow") == "POST");
  CHECK(client.Ask(PostRequest("/nowhere", "x")).status == 404);
  CHECK(client.Ask(GetRequest("/hello")).status == 200);
}

TEST_CASE("PUT and PATCH are read as POST is, where there is such a route") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());
  const auto request = [](const std::string& method, const std::string& path) {
    return absl::StrCat(method, " ", path, " HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc");
  };
  CHECK(client.Ask(request("PUT", "/kept")).body == "PUT abc\n");
  CHECK(client.Ask(request("PATCH", "/kept")).body == "PATCH abc\n");
  CHECK(client.Ask(GetRequest("/hello")).status == 200);

  const RawAnswer wrong = RawClient(fixture.Socket()).Ask(request("PUT", "/hello"));
  CHECK(wrong.status == 405);
  CHECK(wrong.Header("Allow") == "GET, HEAD");
  CHECK(RawClient(fixture.Socket()).Ask(request("DELETE", "/kept")).Header("Allow") ==
        "PUT, PATCH");
  CHECK(RawClient(fixture.Socket()).Ask(request("DELETE", "/nowhere")).status == 404);
}

TEST_CASE("the open places of a path take one segment each, and a fixed path goes first") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());
  CHECK(client.Ask(GetRequest("/places/a%20b/c")).body == "a b c\n");
  CHECK(client.Ask(GetRequest("/places/fixed/one")).body == "fixed\n");
  CHECK(client.Ask(GetRequest("/places/fixed/two")).body == "fixed two\n");
  for (const char* path : {"/places/a", "/places/a/", "/places//c", "/places/a/b/c", "/places/"}) {
    CHECK(client.Ask(GetRequest(path)).status == 404);
  }
  CHECK(client.Ask(PostRequest("/places/a/c", "x")).Header("Allow") == "GET, HEAD");
}

TEST_CASE("an exception in a handler is a 500 that shows nothing") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());

  const RawAnswer answer = client.Ask(GetRequest("/throw"));

  CHECK(answer.status == 500);
  CHECK(answer.body == "error 500\n");
  CHECK(answer.head.find("secret") == std::string::npos);
  CHECK(client.Ask(GetRequest("/hello")).status == 200);
}

TEST_CASE(
    "the request id is the front's when it is a UUID, and headers of the connection are not "
    "believed") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());
  const std::string id = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
  const std::string body =
      client
          .Ask(absl::StrCat("GET /headers HTTP/1.1\r\nHost: t\r\nX-Request-Id: ", id,
                            "\r\nREMOTE_ADDR: 1.2.3.4\r\nLOCAL_ADDR: 5.6.7.8\r\nX-A: b\r\n\r\n"))
          .body;
  CHECK(body.substr(0, 36) == id);
  CHECK(body.find("X-A=b") != std::string::npos);
  CHECK(body.find("1.2.3.4") == std::string::npos);
  CHECK(body.find("5.6.7.8") == std::string::npos);

  const std::string other =
      client.Ask("GET /headers HTTP/1.1\r\nHost: t\r\nX-Request-Id: x\"y\r\n\r\n").body;
  CHECK(other.substr(0, 2) != "x\"");
  CHECK(other.substr(36, 1) == "\n");
}

TEST_CASE("a resting connection is closed after its time") {
  ServerFixture fixture(4, 4, {.idle = absl::Milliseconds(50)});
  RawClient client(fixture.Socket());
  CHECK(client.Ask(GetRequest("/hello")).status == 200);
  CHECK(client.IsClosed());
}

TEST_CASE("connections beyond threads and queue get 503 at once") {
  ServerFixture fixture(1, 1);
  RawClient busy(fixture.Socket());
  busy.Send(GetRequest("/wait"));
  fixture.waiting.WaitForNotification();
  RawClient queued(fixture.Socket());

  RawClient refused(fixture.Socket());
  CHECK(refused.Read().status == 503);
  CHECK(refused.IsClosed());

  fixture.go_on.Notify();
  CHECK(busy.Read().status == 200);
}

TEST_CASE("shutting down answers what is in flight and closes what rests") {
  ServerFixture fixture;
  RawClient busy(fixture.Socket());
  busy.Send(GetRequest("/wait"));
  fixture.waiting.WaitForNotification();
  RawClient resting(fixture.Socket());
  CHECK(resting.Ask(GetRequest("/hello")).status == 200);

  std::thread stopper([&] { fixture.server->Shutdown(); });
  CHECK(resting.IsClosed());
  fixture.go_on.Notify();
  stopper.join();

  CHECK(busy.Read().body == "waited\n");
  CHECK(busy.IsClosed());
  CHECK(::access(fixture.Socket().c_str(), F_OK) != 0);
}

TEST_CASE("a socket left by a dead process is replaced, one in use or a file is not") {
  TestDirectory directory;
  Metrics metrics;
  const auto start = [&](const std::string& path) {
    return HttpServer::Start(
        {.socket_path = path,
         .threads = 1,
         .error_page = [](const HttpRequest&, int s) { return PlainText(s, "e"); }},
        Router({}), metrics);
  };
  const std::string stale = directory.File("stale");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  stale.copy(address.sun_path, sizeof(address.sun_path) - 1);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  REQUIRE(::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  ::close(fd);

  const auto first = start(stale);
  CHECK(first.ok());
  CHECK(IsBadConfiguration(start(stale).status()));
  const std::string file = directory.File("file");
  std::ofstream(file) << "kept";
  CHECK(IsBadConfiguration(start(file).status()));
  CHECK(IsBadConfiguration(start(directory.File("none/s")).status()));
  CHECK(IsBadConfiguration(start(directory.File(std::string(200, 'x'))).status()));
}

TEST_CASE("requests are counted by route and status, never by path") {
  ServerFixture fixture;
  RawClient client(fixture.Socket());
  client.Ask(GetRequest("/hello?q=secret"));
  client.Ask(GetRequest("/secret"));

  const std::string text = fixture.metrics.Text();
  CHECK(text.find("oshirase_http_requests_total{route=\"hello\",status=\"200\"} 1") !=
        std::string::npos);
  CHECK(text.find("oshirase_http_requests_total{route=\"none\",status=\"404\"} 1") !=
        std::string::npos);
  CHECK(text.find("secret") == std::string::npos);
}

TEST_CASE("many connections at once are all answered") {
  ServerFixture fixture(32, 100);
  std::atomic<int> answered = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 32; ++i) {
    callers.emplace_back([&] {
      RawClient client(fixture.Socket());
      for (int j = 0; j < 50; ++j) {
        client.Send(PostRequest("/echo", "x"));
        if (client.Read().body == "x\n") ++answered;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  CHECK(answered == 32 * 50);
}

}  // namespace
}  // namespace oshirase::gateway
