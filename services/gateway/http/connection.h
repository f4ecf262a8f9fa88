// One connection from nginx, as the HTTP library reads and writes it.
//
// The library's own stream makes eleven system calls a request, polls idle connections a hundred
// times a second and reads on past any deadline. This one waits without polling, reads what has
// arrived in one call, and sends an answer in one.
#pragma once

#include <httplib.h>

#include <array>
#include <string>

#include "absl/time/time.h"

namespace oshirase::gateway {

struct ConnectionTimeouts {
  // How long a request may take to arrive whole, once its first byte is there.
  absl::Duration read = absl::Seconds(2);
  // How long one answer may take to be taken.
  absl::Duration write = absl::Seconds(5);
  // How long a connection may rest between requests. Longer than nginx's (60 s), so that the side
  // that sends requests is the one that hangs up, and none is lost on a closing connection.
  absl::Duration idle = absl::Seconds(75);
};

// Used by one thread. Closes the socket in the end.
class Connection : public httplib::Stream {
 public:
  // Takes over `fd`. `stop_fd` becomes readable when the server stops, and wakes a resting
  // connection.
  Connection(int fd, int stop_fd, const ConnectionTimeouts& timeouts);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Waits for the first byte of a request. False: there will be none.
  bool WaitForRequest();

  // Sends what was written. False when the peer did not take it.
  bool Flush();

  // Tells the peer that nothing more comes and reads on for a moment, up to `limit` bytes: closing
  // with bytes unread would make the peer lose the answer too.
  void Linger(size_t limit);

  bool failed() const { return failed_; }

  bool is_readable() const override { return !failed_; }
  bool is_writable() const override { return !failed_; }
  ssize_t read(char* data, size_t size) override;
  ssize_t write(const char* data, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return fd_; }

 private:
  // Waits until `fd_` is ready for `events` or `deadline` is over.
  bool WaitFor(short events, absl::Time deadline) const;
  // Receives into the empty buffer; the number of bytes, 0 at the end of the stream, or -1.
  ssize_t Fill();

  const int fd_;
  const int stop_fd_;
  const ConnectionTimeouts timeouts_;
  absl::Time read_deadline_ = absl::InfiniteFuture();
  bool failed_ = false;
  std::array<char, 16 * 1024> in_;
  size_t begin_ = 0;
  size_t end_ = 0;
  std::string out_;
};

}  // namespace oshirase::gateway
