#include "tests/bench/load/load.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>
#include <deque>
#include <string>

#include "common/status/macros.h"
#include "tests/bench/load/http_answer.h"

namespace oshirase::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Nanoseconds = std::chrono::nanoseconds;

constexpr size_t kEventsAtOnce = 256;

// A blocking connect on loopback takes microseconds or fails at once. Returns -1 when it fails.
int ConnectTo(uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int one = 1;
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) != 0 ||
      ::fcntl(fd, F_SETFL, O_NONBLOCK) != 0) {
    ::close(fd);
    return -1;
  }
  return fd;
}

class Load {
 public:
  Load(const LoadOptions& options, const Webhooks& webhooks)
      : options_(options),
        webhooks_(webhooks),
        total_(options.rate > 0 ? WebhooksNeeded(options) : webhooks.size()),
        epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

  ~Load() {
    for (const Connection& connection : connections_) {
      if (connection.fd >= 0) ::close(connection.fd);
    }
    ::close(epoll_);
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  absl::StatusOr<LoadResult> Run() {
    RETURN_IF_ERROR(ConnectAll());
    result_.latencies.reserve(total_);
    start_ = last_answer_ = SteadyClock::now();
    end_ = start_ + absl::ToChronoNanoseconds(options_.duration);
    const auto give_up = end_ + absl::ToChronoNanoseconds(options_.patience);

    auto now = start_;
    while (now < give_up && (in_flight_ > 0 || !idle_.empty())) {
      SendDue(now);
      if (in_flight_ == 0 && Due(now) == sent_ && Due(end_) == sent_) break;
      Wait(std::min(NextDue(now), give_up));
      now = SteadyClock::now();
    }
    result_.unanswered = in_flight_;
    result_.unsent = open_loop() ? total_ - sent_ : 0;
    result_.ran_out = !open_loop() && sent_ == total_ && now < end_;
    result_.elapsed = absl::FromChrono(last_answer_ - start_);
    return std::move(result_);
  }

 private:
  struct Connection {
    int fd = -1;
    // Its webhook has no answer yet.
    bool busy = false;
    // The socket took only a part of the webhook; epoll says when it takes more.
    bool blocked = false;
    std::string_view unsent;
    std::string received;
    // When the webhook was sent, or should have been.
    SteadyClock::time_point began;
  };

  bool open_loop() const { return options_.rate > 0; }

  absl::Status ConnectAll() {
    connections_.resize(options_.connections);
    for (Connection& connection : connections_) {
      if (!Connect(connection)) {
        return absl::UnavailableError(std::string("cannot connect: ") + std::strerror(errno));
      }
    }
    return absl::OkStatus();
  }

  bool Connect(Connection& connection) {
    connection.fd = ConnectTo(options_.port);
    if (connection.fd < 0) return false;
    epoll_event event = {.events = EPOLLIN, .data = {.ptr = &connection}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.fd, &event);
    idle_.push_back(&connection);
    return true;
  }

  // How many webhooks should have been sent by `now`.
  size_t Due(SteadyClock::time_point now) const {
    if (!open_loop()) return now < end_ ? total_ : sent_;
    const std::chrono::duration<double> passed = now - start_;
    return std::min(static_cast<size_t>(passed.count() * options_.rate) + 1, total_);
  }

  // When the webhook should be sent; open loop only.
  SteadyClock::time_point DueTime(size_t index) const {
    const std::chrono::duration<double> offset(static_cast<double>(index) / options_.rate);
    return start_ + std::chrono::duration_cast<Nanoseconds>(offset);
  }

  // When there is something to do although no answer comes.
  SteadyClock::time_point NextDue(SteadyClock::time_point now) const {
    if (!open_loop()) return now < end_ ? end_ : SteadyClock::time_point::max();
    if (idle_.empty() || sent_ == total_) return SteadyClock::time_point::max();
    return DueTime(sent_);
  }

  void SendDue(SteadyClock::time_point now) {
    const size_t due = Due(now);
    while (sent_ < due && !idle_.empty()) {
      Connection& connection = *idle_.front();
      idle_.pop_front();
      connection.busy = true;
      connection.began = open_loop() ? DueTime(sent_) : SteadyClock::now();
      connection.unsent = webhooks_[sent_++];
      ++in_flight_;
      Write(connection);
    }
  }

  void Wait(SteadyClock::time_point until) {
    const auto left = std::max<Nanoseconds>(until - SteadyClock::now(), Nanoseconds(0));
    const timespec timeout = {.tv_sec = left.count() / 1'000'000'000,
                              .tv_nsec = left.count() % 1'000'000'000};
    std::array<epoll_event, kEventsAtOnce> events;
    const int count = ::epoll_pwait2(epoll_, events.data(), events.size(), &timeout, nullptr);
    for (int i = 0; i < count; ++i) {
      auto& connection = *static_cast<Connection*>(events.at(i).data.ptr);
      if (connection.blocked) Write(connection);
      if (connection.fd >= 0 && (events.at(i).events & ~EPOLLOUT) != 0) Read(connection);
    }
  }

  void Write(Connection& connection) {
    const ssize_t count =
        ::send(connection.fd, connection.unsent.data(), connection.unsent.size(), MSG_NOSIGNAL);
    if (count < 0 && errno != EAGAIN && errno != EINTR) return Lose(connection);
    if (count > 0) connection.unsent.remove_prefix(static_cast<size_t>(count));
    const bool blocked = !connection.unsent.empty();
    if (blocked == connection.blocked) return;
    connection.blocked = blocked;
    epoll_event event = {.events = EPOLLIN | (blocked ? EPOLLOUT : 0U),
                         .data = {.ptr = &connection}};
    ::epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.fd, &event);
  }

  void Read(Connection& connection) {
    std::array<char, 4096> buffer;
    const ssize_t count = ::recv(connection.fd, buffer.data(), buffer.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0 || !connection.busy) return Lose(connection);
    connection.received.append(buffer.data(), static_cast<size_t>(count));
    const auto answer = FirstAnswer(connection.received);
    if (!answer.ok()) return Lose(connection);
    if (answer->has_value()) Note(connection, **answer);
  }

  void Note(Connection& connection, const HttpAnswer& answer) {
    last_answer_ = SteadyClock::now();
    const auto taken = last_answer_ - connection.began;
    result_.latencies.push_back(static_cast<uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(taken).count()));
    ++result_.answers[answer.status];
    --in_flight_;
    if (answer.last) return Reconnect(connection);
    connection.busy = false;
    connection.received.erase(0, answer.size);
    idle_.push_back(&connection);
  }

  // Without its webhook, if it had one: it is not sent again, because it may have arrived.
  void Lose(Connection& connection) {
    if (connection.busy) {
      ++result_.lost;
      --in_flight_;
    } else {
      idle_.erase(std::find(idle_.begin(), idle_.end(), &connection));
    }
    Reconnect(connection);
  }

  // From a server that takes no more connections this one stays away.
  void Reconnect(Connection& connection) {
    ::close(connection.fd);
    connection = Connection();
    Connect(connection);
  }

  const LoadOptions options_;
  const Webhooks& webhooks_;
  const size_t total_;
  const int epoll_;
  std::vector<Connection> connections_;
  // The one that has been idle longest is the next to be used.
  std::deque<Connection*> idle_;
  size_t in_flight_ = 0;
  size_t sent_ = 0;
  SteadyClock::time_point start_;
  SteadyClock::time_point end_;
  SteadyClock::time_point last_answer_;
  LoadResult result_;
};

}  // namespace

size_t WebhooksNeeded(const LoadOptions& options) {
  return static_cast<size_t>(std::ceil(options.rate * absl::ToDoubleSeconds(options.duration)));
}

absl::StatusOr<LoadResult> RunLoad(const LoadOptions& options, const Webhooks& webhooks) {
  if (webhooks.size() < WebhooksNeeded(options)) {
    return absl::InvalidArgumentError("too few webhooks for this rate and time");
  }
  return Load(options, webhooks).Run();
}

}  // namespace oshirase::bench
