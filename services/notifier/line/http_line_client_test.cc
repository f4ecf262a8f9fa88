// Against a small HTTP server on loopback; how LINE itself behaves is the sandbox's to show.
#include "services/notifier/line/http_line_client.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <thread>

#include "common/log/testing/captured_log.h"

namespace oshirase::notifier {
namespace {

constexpr char kKey[] = "11111111-2222-4333-8444-555555555555";

class HttpServer {
 public:
  explicit HttpServer(httplib::Server::Handler handler) {
    server_.Post(".*", std::move(handler));
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~HttpServer() {
    server_.stop();
    thread_.join();
  }

  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }
  HttpLineClient Client(absl::Duration total_timeout = absl::Seconds(5)) const {
    return HttpLineClient({.api_base = "http://127.0.0.1:" + std::to_string(port_),
                           .access_token = "token",
                           .read_access_token = [] { return "token"; },
                           .total_timeout = total_timeout});
  }

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

// Answers one request and keeps the connection; reads a second one, then is gone with its listener.
class VanishingServer {
 public:
  VanishingServer() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener_, 1) == 0);
    REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~VanishingServer() { thread_.join(); }

  HttpLineClient Client() const {
    return HttpLineClient({.api_base = "http://127.0.0.1:" + std::to_string(port_),
                           .access_token = "token",
                           .read_access_token = [] { return "token"; }});
  }

 private:
  static void ReadRequest(int connection) {
    std::string request;
    char part[1024];
    while (request.find("\r\n\r\n{}") == std::string::npos) {
      const ssize_t bytes = ::recv(connection, part, sizeof(part), 0);
      if (bytes <= 0) return;
      request.append(part, static_cast<size_t>(bytes));
    }
  }

  void Serve() const {
    const int connection = ::accept(listener_, nullptr, nullptr);
    ReadRequest(connection);
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    ::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
    ReadRequest(connection);
    ::close(listener_);
    ::close(connection);
  }

  const int listener_;
  int port_ = 0;
  std::thread thread_;
};

TEST_CASE("a multicast carries key, token, type and exactly the body it was given") {
  httplib::Request seen;
  const HttpServer server([&](const httplib::Request& request, httplib::Response& response) {
    seen = request;
    response.set_header("X-Line-Request-Id", "r-1");
    response.set_content("{}", "application/json");
  });
  auto client = server.Client();
  const std::string body = "{\"to\":[],\"messages\":[{\"text\":\"お知らせ\"}]}";

  const auto answer = client.Multicast(kKey, body);

  CHECK(answer.kind == LineAnswer::Kind::kAnswered);
  CHECK(answer.status == 200);
  CHECK(answer.request_id == "r-1");
  CHECK(seen.path == "/v2/bot/message/multicast");
  CHECK(seen.body == body);
  CHECK(seen.get_header_value("X-Line-Retry-Key") == kKey);
  CHECK(seen.get_header_value("Authorization") == "Bearer token");
  CHECK(seen.get_header_value("Content-Type") == "application/json");
}

TEST_CASE("validation carries no retry key, not even an empty one") {
  httplib::Request seen;
  const HttpServer server([&](const httplib::Request& request, httplib::Response& response) {
    seen = request;
    response.set_content("{}", "application/json");
  });
  auto client = server.Client();

  CHECK(client.ValidateMulticast("{}").status == 200);

  CHECK(seen.path == "/v2/bot/message/validate/multicast");
  CHECK_FALSE(seen.has_header("X-Line-Retry-Key"));
}

TEST_CASE("answers keep status, text, accepted id and Retry-After, whatever the body is") {
  int status = 0;
  std::string body;
  const HttpServer server([&](const httplib::Request&, httplib::Response& response) {
    response.status = status;
    response.set_header("x-line-accepted-request-id", "r-0");
    response.set_header("Retry-After", "7");
    response.set_content(body, "text/plain");
  });
  auto client = server.Client();
  const auto answer = [&](int code, const std::string& text) {
    status = code;
    body = text;
    return client.Multicast(kKey, "{}");
  };

  CHECK(answer(409, "{\"message\":\"The retry key is already accepted\"}").accepted_request_id ==
        "r-0");
  CHECK(answer(429, "{\"message\":\"slow\",\"details\":[]}").message == "slow");
  CHECK(answer(429, "").retry_after == absl::Seconds(7));
  CHECK(answer(500, "<html>").message.empty());
  CHECK(answer(500, "{\"message\":5}").status == 500);
  CHECK(answer(302, "").status == 302);
}

TEST_CASE("an answer that does not come in time leaves doubt") {
  const HttpServer server([&](const httplib::Request&, httplib::Response&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
  });
  auto client = server.Client(absl::Milliseconds(100));

  CHECK(client.Multicast(kKey, "{}").kind == LineAnswer::Kind::kNoAnswer);
}

// A LINE that takes one token and no other.
HttpServer ServerThatTakes(const std::string& token) {
  return HttpServer([token](const httplib::Request& request, httplib::Response& response) {
    const bool known = request.get_header_value("Authorization") == "Bearer " + token;
    response.status = known ? 200 : 401;
  });
}

TEST_CASE("a refused token is read again, once, and the next call carries the new one") {
  const CapturedLog log;
  const HttpServer server = ServerThatTakes("new-token");
  std::atomic<int> reads = 0;
  absl::StatusOr<std::string> in_file = "new-token";
  HttpLineClient client(
      {.api_base = server.address(), .access_token = "old-token", .read_access_token = [&] {
         ++reads;
         return in_file;
       }});
  SECTION("a multicast is not repeated by itself") {
    const auto refused = client.Multicast(kKey, "{}");
    CHECK(refused.status == 401);
    CHECK(refused.token_replaced);
    CHECK(client.Multicast(kKey, "{}").status == 200);
    CHECK(reads == 1);
  }
  SECTION("a validation is") {
    CHECK(client.ValidateMulticast("{}").status == 200);
    CHECK(reads == 1);
  }
  SECTION("the same token again changes nothing") {
    in_file = "old-token";
    const auto refused = client.Multicast(kKey, "{}");
    CHECK(refused.status == 401);
    CHECK_FALSE(refused.token_replaced);
    CHECK(client.ValidateMulticast("{}").status == 401);
    CHECK(reads == 2);
  }
  SECTION("nor does a file that cannot be read") {
    in_file = absl::InvalidArgumentError("gone");
    CHECK_FALSE(client.Multicast(kKey, "{}").token_replaced);
    in_file = "new-token";
    CHECK(client.Multicast(kKey, "{}").token_replaced);
  }
  CHECK(log.text().find("-token") == std::string::npos);
}

TEST_CASE("a server that is not there has seen nothing") {
  auto server = std::make_unique<HttpServer>([](const auto&, auto&) {});
  auto client = server->Client();
  server.reset();

  CHECK(client.Multicast(kKey, "{}").kind == LineAnswer::Kind::kNotSent);
}

TEST_CASE(
    "a kept connection that dies with the request leaves doubt, also when LINE is gone then") {
  VanishingServer server;
  auto client = server.Client();
  REQUIRE(client.Multicast(kKey, "{}").status == 200);

  CHECK(client.Multicast(kKey, "{}").kind == LineAnswer::Kind::kNoAnswer);
}

TEST_CASE("an endless answer is cut off and leaves doubt") {
  const HttpServer server([&](const httplib::Request&, httplib::Response& response) {
    response.set_content(std::string(1 << 20, 'x'), "text/plain");
  });
  auto client = server.Client();

  CHECK(client.Multicast(kKey, "{}").kind == LineAnswer::Kind::kNoAnswer);
}

}  // namespace
}  // namespace oshirase::notifier
