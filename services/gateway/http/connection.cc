#include "services/gateway/http/connection.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/time/clock.h"

namespace oshirase::gateway {
namespace {

// A longer answer leaves in pieces of this size.
constexpr size_t kFlushAt = 64 * 1024;

int PollMilliseconds(absl::Duration duration) {
  const int64_t milliseconds =
      absl::ToInt64Milliseconds(absl::Ceil(duration, absl::Milliseconds(1)));
  return static_cast<int>(std::clamp<int64_t>(milliseconds, 0, 24 * 3600 * 1000));
}

bool WouldBlock(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

}  // namespace

Connection::Connection(int fd, int stop_fd, const ConnectionTimeouts& timeouts)
    : fd_(fd), stop_fd_(stop_fd), timeouts_(timeouts) {}

Connection::~Connection() { ::close(fd_); }

bool Connection::WaitForRequest() {
  if (failed_) return false;
  if (begin_ == end_) {
    pollfd polled[2] = {{fd_, POLLIN, 0}, {stop_fd_, POLLIN, 0}};
    int ready = 0;
    do {
      ready = ::poll(polled, 2, PollMilliseconds(timeouts_.idle));
    } while (ready < 0 && errno == EINTR);
    // A request that has already come is answered, also while the server stops.
    if (ready <= 0 || polled[0].revents == 0) return false;
  }
  read_deadline_ = absl::Now() + timeouts_.read;
  return true;
}

bool Connection::WaitFor(short events, absl::Time deadline) const {
  pollfd polled = {fd_, events, 0};
  while (true) {
    const int ready = ::poll(&polled, 1, PollMilliseconds(deadline - absl::Now()));
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
}

ssize_t Connection::Fill() {
  while (true) {
    const ssize_t got = ::recv(fd_, in_.data(), in_.size(), MSG_DONTWAIT);
    if (got >= 0) {
      begin_ = 0;
      end_ = static_cast<size_t>(got);
      return got;
    }
    if (errno == EINTR) continue;
    if (!WouldBlock(errno) || !WaitFor(POLLIN, read_deadline_)) {
      failed_ = true;
      return -1;
    }
  }
}

ssize_t Connection::read(char* data, size_t size) {
  if (failed_) return -1;
  if (begin_ == end_) {
    const ssize_t got = Fill();
    if (got <= 0) return got;
  }
  const size_t count = std::min(size, end_ - begin_);
  std::memcpy(data, in_.data() + begin_, count);
  begin_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* data, size_t size) {
  out_.append(data, size);
  if (out_.size() >= kFlushAt && !Flush()) return -1;
  return static_cast<ssize_t>(size);
}

bool Connection::Flush() {
  const absl::Time deadline = absl::Now() + timeouts_.write;
  size_t sent = 0;
  while (sent < out_.size() && !failed_) {
    const ssize_t count =
        ::send(fd_, out_.data() + sent, out_.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      sent += static_cast<size_t>(count);
    } else if (errno != EINTR && (!WouldBlock(errno) || !WaitFor(POLLOUT, deadline))) {
      failed_ = true;
    }
  }
  out_.clear();
  return !failed_;
}

void Connection::Linger(size_t limit) {
  if (failed_) return;
  ::shutdown(fd_, SHUT_WR);
  read_deadline_ = absl::Now() + timeouts_.read;
  while (limit > 0) {
    const ssize_t got = Fill();
    if (got <= 0) return;
    limit -= std::min(limit, static_cast<size_t>(got));
  }
}

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

}  // namespace oshirase::gateway
