// A plain HTTP/1.1 client for a unix socket, so that tests decide about every byte they send.
#pragma once

#include <string>

#include "absl/time/time.h"

namespace oshirase::gateway {

struct RawAnswer {
  int status = 0;  // 0: the server closed without an answer.
  std::string head;
  std::string body;

  // The value of a header, or "".
  std::string Header(const std::string& name) const;
};

// One connection. Not thread-safe.
class RawClient {
 public:
  // Connects; fails the test when it cannot.
  explicit RawClient(const std::string& socket_path);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void Send(const std::string& bytes);
  // Reads one answer, by its Content-Length. `has_body` is false after a HEAD request.
  RawAnswer Read(bool has_body = true);
  // Reads all that comes until the server closes.
  std::string ReadToClose();
  RawAnswer Ask(const std::string& bytes) {
    Send(bytes);
    return Read();
  }
  // Whether the server has closed, or does so within `timeout`.
  bool IsClosed(absl::Duration timeout = absl::Seconds(5));

 private:
  bool Receive(absl::Duration timeout);

  int fd_;
  std::string buffer_;
};

// "GET <path>" with a Host.
std::string GetRequest(const std::string& path);
// "POST <path>" with a length and further header lines, each ending in "\r\n".
std::string PostRequest(const std::string& path, const std::string& body,
                        const std::string& headers = "");

}  // namespace oshirase::gateway
