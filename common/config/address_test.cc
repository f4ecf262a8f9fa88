#include "common/config/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

namespace oshirase {
namespace {

// A port of the loopback interface that somebody listens on as long as this lives.
class TakenPort {
 public:
  TakenPort() : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(listen(fd_, 1) == 0);
    socklen_t size = sizeof address;
    REQUIRE(getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
  }
  ~TakenPort() { close(fd_); }
  TakenPort(const TakenPort&) = delete;
  TakenPort& operator=(const TakenPort&) = delete;
  uint16_t port() const { return port_; }

 private:
  int fd_;
  uint16_t port_ = 0;
};

TEST_CASE("an address is a host and a port") {
  CHECK(ParseHostPort("registry:7001")->host == "registry");
  CHECK(ParseHostPort("127.0.0.1:0")->port == 0);
  CHECK(ParseHostPort("[::1]:65535")->host == "::1");
  CHECK(ParseHostPort("[::1]:65535")->port == 65535);
}

TEST_CASE("what is not an address is refused") {
  const auto bad =
      GENERATE("", ":", "host", "host:", ":80", "host:65536", "host:-1", "host:+1", "host: 1",
               "ho st:1", "::1:80", "[::1]", "[host]:1", "host:1x", "a/b:1", "host:000080");
  CAPTURE(bad);
  CHECK_FALSE(ParseHostPort(bad).ok());
}

TEST_CASE("a URL has a scheme, a host, and perhaps a port and a path") {
  const auto url = ParseHttpUrl("https://api.line.me/");
  REQUIRE(url.ok());
  CHECK(url->https);
  CHECK(url->host == "api.line.me");
  CHECK(url->port == 443);
  CHECK(url->path.empty());
  CHECK(ParseHttpUrl("http://[::1]:8080/base")->port == 8080);
  CHECK(ParseHttpUrl("http://[::1]/base")->path == "/base");
  CHECK(ParseHttpUrl("http://localhost")->port == 80);
}

TEST_CASE("what is not a plain URL is refused") {
  const auto bad =
      GENERATE("", "api.line.me", "ftp://host", "http://", "http:///path", "http://user@host",
               "http://host:0", "http://host?x=1", "http://host/#f", "http://host/a b",
               "http://host/\r\nX: y", "HTTP//host", "http://host:x");
  CAPTURE(bad);
  CHECK_FALSE(ParseHttpUrl(bad).ok());
}

TEST_CASE("only the loopback interface and unix sockets are local") {
  CHECK(IsLocalListener("127.0.0.1:1"));
  CHECK(IsLocalListener("127.8.8.8:1"));
  CHECK(IsLocalListener("[::1]:1"));
  CHECK(IsLocalListener("localhost:0"));
  CHECK(IsLocalListener("unix:///run/gateway.sock"));
  CHECK(IsLocalListener("/run/gateway.sock"));
  CHECK_FALSE(IsLocalListener("0.0.0.0:1"));
  CHECK_FALSE(IsLocalListener("[::]:1"));
  CHECK_FALSE(IsLocalListener("10.0.0.1:1"));
  CHECK_FALSE(IsLocalListener("127.0.0.1.example.org:1"));
  CHECK_FALSE(IsLocalListener("localhost.example.org:1"));
  CHECK_FALSE(IsLocalListener(""));
}

TEST_CASE("a taken port is told by its number") {
  const TakenPort taken;

  const auto status = CheckCanListen({"127.0.0.1", taken.port()});

  CHECK(absl::IsUnavailable(status));
  CHECK(status.message() == "port " + std::to_string(taken.port()) + " is taken");
}

TEST_CASE("a free port stays free after it was tried") {
  uint16_t port = 0;
  {
    const TakenPort taken;
    port = taken.port();
  }
  CHECK(CheckCanListen({"127.0.0.1", port}).ok());
  CHECK(CheckCanListen({"127.0.0.1", port}).ok());
  CHECK(CheckCanListen({"127.0.0.1", 0}).ok());
}

TEST_CASE("an address of another machine cannot be listened on") {
  CHECK(absl::IsUnavailable(CheckCanListen({"192.0.2.1", 7001})));
}

}  // namespace
}  // namespace oshirase
