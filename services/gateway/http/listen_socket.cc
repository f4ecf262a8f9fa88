#include "services/gateway/http/listen_socket.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "common/config/bad_configuration.h"

namespace oshirase::gateway {
namespace {

// Debian's HTTP library would listen with a backlog of 5, which is 502s under load.
constexpr int kBacklog = 1024;

absl::Status Problem(const std::string& text) {
  return BadConfiguration({absl::StrCat("LISTEN_SOCKET: ", text)});
}

// Closes a descriptor unless it was released.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int release() {
    const int fd = fd_;
    fd_ = -1;
    return fd;
  }

 private:
  int fd_;
};

absl::Status RemoveStaleSocket(const sockaddr_un& address) {
  struct stat status {};
  if (::lstat(address.sun_path, &status) != 0) return absl::OkStatus();
  if (!S_ISSOCK(status.st_mode)) return Problem("there is a file that is no socket");
  const Descriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
    return Problem("another process listens on this socket");
  }
  ::unlink(address.sun_path);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<int> ListenOnUnixSocket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path))
    return Problem("a socket path has at most 107 bytes");
  std::memcpy(address.sun_path, path.data(), path.size());
  if (const auto status = RemoveStaleSocket(address); !status.ok()) return status;

  Descriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (fd.get() < 0 ||
      ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      ::chmod(path.c_str(), 0666) != 0 || ::listen(fd.get(), kBacklog) != 0) {
    return Problem(absl::StrCat("cannot listen: ", std::strerror(errno)));
  }
  return fd.release();
}

}  // namespace oshirase::gateway
