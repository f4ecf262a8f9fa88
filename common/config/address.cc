#include "common/config/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace oshirase {
namespace {

constexpr size_t kMaxHostBytes = 253;
constexpr size_t kMaxPortDigits = 5;

bool IsIpv6(const std::string& host) {
  in6_addr address;
  return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

bool IsHostName(absl::string_view host) {
  return !host.empty() && host.size() <= kMaxHostBytes &&
         std::all_of(host.begin(), host.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '.' || c == '-' || c == '_';
         });
}

bool ReadPort(absl::string_view text, uint16_t& port) {
  const bool digits = !text.empty() && text.size() <= kMaxPortDigits &&
                      std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
  int number = 0;
  if (!digits || !absl::SimpleAtoi(text, &number) || number > UINT16_MAX) return false;
  port = static_cast<uint16_t>(number);
  return true;
}

// Splits "host:port" or "[ipv6]:port" without looking at the parts.
bool Split(absl::string_view text, std::string& host, absl::string_view& port) {
  const size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos) return false;
  port = text.substr(colon + 1);
  absl::string_view name = text.substr(0, colon);
  const bool bracketed = absl::ConsumePrefix(&name, "[") && absl::ConsumeSuffix(&name, "]");
  host = std::string(name);
  return bracketed ? IsIpv6(host) : IsHostName(name);
}

// A socket that is closed when it goes out of sight.
class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {}
  ~Socket() {
    if (fd_ >= 0) close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

absl::Status TryToListen(const addrinfo& info, const HostPort& address) {
  const Socket socket_fd(socket(info.ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  // As servers do: connections of a predecessor that are still closing do not count as taken.
  const int on = 1;
  setsockopt(socket_fd.fd(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(socket_fd.fd(), info.ai_addr, info.ai_addrlen) == 0 && listen(socket_fd.fd(), 1) == 0) {
    return absl::OkStatus();
  }
  const int error = errno;
  if (error == EADDRINUSE) {
    return absl::UnavailableError(absl::StrCat("port ", address.port, " is taken"));
  }
  return absl::UnavailableError(absl::StrCat("cannot listen on ", address.host, ":", address.port,
                                             ": ", std::generic_category().message(error)));
}

}  // namespace

absl::StatusOr<HostPort> ParseHostPort(absl::string_view text) {
  HostPort result;
  absl::string_view port;
  if (!Split(text, result.host, port) || !ReadPort(port, result.port)) {
    return absl::InvalidArgumentError("must be host:port");
  }
  return result;
}

absl::StatusOr<HttpUrlParts> ParseHttpUrl(absl::string_view text) {
  const absl::Status error = absl::InvalidArgumentError("must be http(s)://host[:port][/path]");
  HttpUrlParts result;
  if (absl::ConsumePrefix(&text, "https://")) {
    result.https = true;
  } else if (!absl::ConsumePrefix(&text, "http://")) {
    return error;
  }
  absl::string_view path;
  if (const size_t slash = text.find('/'); slash != absl::string_view::npos) {
    path = text.substr(slash);
    text = text.substr(0, slash);
  }
  const bool clean = std::all_of(path.begin(), path.end(), [](unsigned char c) {
    return absl::ascii_isgraph(c) && !absl::StrContains("?#\"<>\\^`{|}", static_cast<char>(c));
  });
  absl::ConsumeSuffix(&path, "/");
  if (!clean) return error;
  result.path = std::string(path);

  const bool has_port = !text.empty() && text.back() != ']' && absl::StrContains(text, ':');
  const auto address = ParseHostPort(has_port ? std::string(text)
                                              : absl::StrCat(text, result.https ? ":443" : ":80"));
  if (!address.ok() || address->port == 0) return error;
  result.host = address->host;
  result.port = address->port;
  return result;
}

bool IsIpAddress(absl::string_view host) {
  const std::string text(host);
  in_addr v4;
  return inet_pton(AF_INET, text.c_str(), &v4) == 1 || IsIpv6(text);
}

bool IsLoopbackHost(absl::string_view host) {
  if (absl::EqualsIgnoreCase(host, "localhost")) return true;
  const std::string text(host);
  in_addr v4;
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24U) == 127;
  in6_addr v6;
  return inet_pton(AF_INET6, text.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

bool IsLocalListener(absl::string_view listener) {
  if (absl::StartsWith(listener, "unix:") || absl::StartsWith(listener, "/")) return true;
  const auto address = ParseHostPort(listener);
  return address.ok() && IsLoopbackHost(address->host);
}

absl::Status CheckCanListen(const HostPort& address) {
  if (address.port == 0) return absl::OkStatus();
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const std::string port = std::to_string(address.port);
  if (getaddrinfo(address.host.c_str(), port.c_str(), &hints, &found) != 0) {
    return absl::UnavailableError(absl::StrCat("no address is known for host ", address.host));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  return TryToListen(*found, address);
}

}  // namespace oshirase
