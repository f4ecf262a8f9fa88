#include "tests/bench/load/testing/tiny_server.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "absl/time/clock.h"

namespace oshirase::bench {
namespace {

// The size of the first request in `bytes`, or 0 while part of it is missing.
size_t RequestSize(const std::string& bytes, size_t& head_size) {
  const std::string name = "Content-Length: ";
  const size_t head_end = bytes.find("\r\n\r\n");
  const size_t length = bytes.find(name);
  if (head_end == std::string::npos || length == std::string::npos) return 0;
  head_size = head_end + 4;
  const size_t size = head_size + std::stoul(bytes.substr(length + name.size()));
  return bytes.size() < size ? 0 : size;
}

}  // namespace

TinyServer::TinyServer(TinyServerOptions options)
    : options_(std::move(options)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size);
  ::listen(listener_, 128);
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  accepter_ = std::thread([this] { Accept(); });
}

TinyServer::~TinyServer() {
  // Wakes accept().
  ::shutdown(listener_, SHUT_RDWR);
  accepter_.join();
  for (std::thread& connection : connections_) connection.join();
  ::close(listener_);
}

std::vector<std::string> TinyServer::bodies() const {
  const absl::MutexLock lock(&mutex_);
  return bodies_;
}

void TinyServer::Accept() {
  while (true) {
    const int fd = ::accept(listener_, nullptr, nullptr);
    if (fd < 0) return;
    connections_.emplace_back([this, fd] { Serve(fd); });
  }
}

void TinyServer::Serve(int fd) {
  std::string received;
  std::array<char, 4096> buffer;
  size_t answers = 0;
  while (answers < options_.answers_per_connection) {
    size_t head_size = 0;
    const size_t size = RequestSize(received, head_size);
    if (size == 0) {
      const ssize_t count = ::recv(fd, buffer.data(), buffer.size(), 0);
      if (count <= 0) break;
      received.append(buffer.data(), static_cast<size_t>(count));
      continue;
    }
    {
      const absl::MutexLock lock(&mutex_);
      bodies_.push_back(received.substr(head_size, size - head_size));
    }
    received.erase(0, size);
    absl::SleepFor(options_.delay);
    ::send(fd, options_.answer.data(), options_.answer.size(), MSG_NOSIGNAL);
    ++answers;
  }
  ::close(fd);
}

}  // namespace oshirase::bench
