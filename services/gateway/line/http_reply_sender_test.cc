#include "services/gateway/line/http_reply_sender.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/log/testing/captured_log.h"

namespace oshirase::gateway {
namespace {

// LINE on a loopback port: reads requests and does with each connection what the test says.
class FakeLine {
 public:
  // Called with each whole request and its connection; false: close it.
  using Serve = std::function<bool(const std::string& request, int fd)>;

  explicit FakeLine(Serve serve) : serve_(std::move(serve)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener_, 64) == 0);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    url_ = absl::StrCat("http://127.0.0.1:", ntohs(address.sin_port));
    acceptor_ = std::thread([this] { Accept(); });
  }

  ~FakeLine() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    for (const int fd : fds_) ::shutdown(fd, SHUT_RDWR);
    for (std::thread& thread : threads_) thread.join();
    for (const int fd : fds_) ::close(fd);
  }

  const std::string& url() const { return url_; }

  std::vector<std::string> requests() {
    const absl::MutexLock lock(&mutex_);
    return requests_;
  }

  static bool Answer(int fd, const std::string& status, const std::string& body = "{}") {
    const std::string answer = absl::StrCat(
        "HTTP/1.1 ", status, "\r\nX-Line-Request-Id: line-id\r\nContent-Length: ", body.size(),
        "\r\n\r\n", body);
    ::send(fd, answer.data(), answer.size(), MSG_NOSIGNAL);
    return true;
  }

 private:
  void Accept() {
    while (true) {
      const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) return;
      fds_.push_back(fd);
      threads_.emplace_back([this, fd] { Converse(fd); });
    }
  }

  void Converse(int fd) {
    std::string buffer;
    char bytes[4096];
    while (true) {
      const ssize_t count = ::recv(fd, bytes, sizeof(bytes), 0);
      if (count <= 0) return;
      buffer.append(bytes, static_cast<size_t>(count));
      const size_t head = buffer.find("\r\n\r\n");
      if (head == std::string::npos) continue;
      const size_t length = std::stoul(buffer.substr(buffer.find("Content-Length: ") + 16));
      if (buffer.size() < head + 4 + length) continue;
      const std::string request = buffer.substr(0, head + 4 + length);
      buffer.erase(0, request.size());
      {
        const absl::MutexLock lock(&mutex_);
        requests_.push_back(request);
      }
      if (serve_(request, fd)) continue;
      ::shutdown(fd, SHUT_RDWR);
      return;
    }
  }

  const Serve serve_;
  int listener_;
  std::string url_;
  std::thread acceptor_;
  std::vector<int> fds_;
  std::vector<std::thread> threads_;
  absl::Mutex mutex_;
  std::vector<std::string> requests_;
};

struct Fixture {
  CapturedLog log;
  Metrics metrics;
  FakeLine line;
  HttpReplySender sender;

  explicit Fixture(FakeLine::Serve serve, HttpReplySenderOptions options = {})
      : line(std::move(serve)), sender(With(std::move(options)), metrics) {}

  HttpReplySenderOptions With(HttpReplySenderOptions options) const {
    options.api_base = line.url();
    options.channel_access_token = "access-token";
    return options;
  }

  // The number of replies that ended like `result`.
  int Ended(const std::string& result) {
    const std::string text = metrics.Text();
    const std::string name = absl::StrCat("oshirase_replies_total{result=\"", result, "\"} ");
    const size_t at = text.find(name);
    return at == std::string::npos ? 0 : std::stoi(text.substr(at + name.size()));
  }

  void WaitFor(const std::string& result, int count) {
    const absl::Time give_up = absl::Now() + absl::Seconds(10);
    while (Ended(result) < count && absl::Now() < give_up) absl::SleepFor(absl::Milliseconds(2));
    CHECK(Ended(result) == count);
  }
};

const Reply kReply = {"reply-token", "「食堂」への来店\n\"😄\"", "request-id"};

Reply WithToken(const std::string& token) {
  Reply reply = kReply;
  reply.token = token;
  return reply;
}

TEST_CASE("a reply is one POST with the token and one text message, without a retry key") {
  Fixture fixture([](const std::string&, int fd) { return FakeLine::Answer(fd, "200 OK"); });
  fixture.sender.Send(kReply);
  fixture.WaitFor("accepted", 1);

  const std::string request = fixture.line.requests().at(0);
  CHECK(request.find("POST /v2/bot/message/reply HTTP/1.1\r\n") == 0);
  CHECK(request.find("Authorization: Bearer access-token\r\n") != std::string::npos);
  CHECK(request.find("Content-Type: application/json\r\n") != std::string::npos);
  CHECK(request.find("Retry-Key") == std::string::npos);
  CHECK(request.find("Expect") == std::string::npos);
  const auto body = nlohmann::json::parse(request.substr(request.find("\r\n\r\n") + 4));
  CHECK(body == nlohmann::json({{"replyToken", kReply.token},
                                {"messages", {{{"type", "text"}, {"text", kReply.text}}}}}));
}

TEST_CASE("LINE's request id, endpoint and status are logged, no token and no text is") {
  Fixture fixture([](const std::string&, int fd) {
    return FakeLine::Answer(fd, "400 Bad Request", R"({"message":"Invalid reply token"})");
  });
  fixture.sender.Send(kReply);
  fixture.WaitFor("refused", 1);

  const std::string text = fixture.log.text();
  for (const char* word : {"line-id", "/v2/bot/message/reply", "400", "POST", "request-id"}) {
    CHECK(text.find(word) != std::string::npos);
  }
  for (const char* word : {"reply-token", "access-token", "食堂", "Invalid"}) {
    CHECK(text.find(word) == std::string::npos);
  }
}

TEST_CASE("whatever LINE answers, a reply is tried once") {
  for (const char* status : {"400 Bad Request", "401 Unauthorized", "429 Too Many Requests"}) {
    Fixture fixture([&](const std::string&, int fd) { return FakeLine::Answer(fd, status); });
    fixture.sender.Send(kReply);
    fixture.WaitFor("refused", 1);
    CHECK(fixture.line.requests().size() == 1);
  }
  Fixture fixture([](const std::string&, int fd) {
    return FakeLine::Answer(fd, "500 Internal Server Error", "<html>");
  });
  fixture.sender.Send(kReply);
  fixture.WaitFor("failed", 1);
  CHECK(fixture.line.requests().size() == 1);
}

TEST_CASE("a reply read and then dropped on a kept connection is not sent again") {
  std::atomic<int> count = 0;
  Fixture fixture(
      [&](const std::string&, int fd) { return ++count == 1 && FakeLine::Answer(fd, "200 OK"); });
  fixture.sender.Send(kReply);
  fixture.WaitFor("accepted", 1);

  fixture.sender.Send(WithToken("second"));
  fixture.WaitFor("failed", 1);

  absl::SleepFor(absl::Milliseconds(50));
  CHECK(fixture.line.requests().size() == 2);
}

TEST_CASE("a hanging LINE costs a timeout, not a thread's life") {
  std::atomic<bool> hang = true;
  Fixture fixture(
      [&](const std::string&, int fd) { return hang || FakeLine::Answer(fd, "200 OK"); },
      {.total_timeout = absl::Milliseconds(100)});
  fixture.sender.Send(kReply);
  fixture.WaitFor("failed", 1);

  hang = false;
  fixture.sender.Send(WithToken("second"));
  fixture.WaitFor("accepted", 1);
}

TEST_CASE(
    "a token is tried once, whichever threads answer its deliveries, and whatever LINE said") {
  Fixture fixture([](const std::string& request, int fd) {
    const bool refuse = request.find("unlucky") != std::string::npos;
    return FakeLine::Answer(fd, refuse ? "400 Bad Request" : "200 OK");
  });
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int token = 0; token < 10; ++token) {
        fixture.sender.Send(WithToken(absl::StrCat("token", token)));
      }
      fixture.sender.Send(WithToken("unlucky"));
    });
  }
  for (std::thread& thread : threads) thread.join();

  fixture.WaitFor("repeated", 3 * 11);
  fixture.WaitFor("accepted", 10);
  fixture.WaitFor("refused", 1);
  CHECK(fixture.line.requests().size() == 11);
}

TEST_CASE("a token whose reply was never tried is not used up") {
  Fixture fixture([](const std::string&, int fd) { return FakeLine::Answer(fd, "200 OK"); },
                  {.max_queue = 0});
  fixture.sender.Send(kReply);
  fixture.sender.Send(kReply);
  fixture.WaitFor("dropped", 2);
  CHECK(fixture.Ended("repeated") == 0);
}

TEST_CASE("replies beyond the queue are dropped, and Send never waits") {
  std::atomic<bool> hang = true;
  Fixture fixture(
      [&](const std::string&, int fd) { return hang || FakeLine::Answer(fd, "200 OK"); },
      {.max_queue = 2, .max_in_flight = 1, .total_timeout = absl::Milliseconds(300)});
  const absl::Time start = absl::Now();
  for (int i = 0; i < 100; ++i) fixture.sender.Send(kReply);
  CHECK(absl::Now() - start < absl::Milliseconds(200));
  CHECK(fixture.Ended("dropped") >= 97);
}

TEST_CASE("a reply whose token has grown old is not sent") {
  Fixture fixture([](const std::string&, int fd) { return FakeLine::Answer(fd, "200 OK"); },
                  {.max_age = -absl::Seconds(1)});
  fixture.sender.Send(kReply);
  fixture.WaitFor("expired", 1);
  CHECK(fixture.line.requests().empty());
}

TEST_CASE("many replies are under way at once, and stopping sends those that wait") {
  Fixture fixture(
      [](const std::string&, int fd) {
        absl::SleepFor(absl::Milliseconds(50));
        return FakeLine::Answer(fd, "200 OK");
      },
      {.max_in_flight = 40});
  const absl::Time start = absl::Now();
  for (int i = 0; i < 80; ++i) fixture.sender.Send(WithToken(absl::StrCat(i)));
  fixture.sender.Shutdown(absl::Seconds(10));

  CHECK(fixture.Ended("accepted") == 80);
  CHECK(absl::Now() - start < absl::Seconds(3));
  fixture.sender.Send(kReply);
  CHECK(fixture.Ended("dropped") == 1);
}

TEST_CASE("stopping without grace ends at once") {
  Fixture fixture([](const std::string&, int) { return true; });
  fixture.sender.Send(kReply);
  const absl::Time start = absl::Now();
  fixture.sender.Shutdown(absl::ZeroDuration());
  CHECK(absl::Now() - start < absl::Seconds(2));
}

}  // namespace
}  // namespace oshirase::gateway
