#include "services/gateway/testing/http_client.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace oshirase::gateway {

std::string RawAnswer::Header(const std::string& name) const {
  for (const absl::string_view line : absl::StrSplit(head, "\r\n")) {
    if (absl::StartsWithIgnoreCase(line, absl::StrCat(name, ":"))) {
      return std::string(absl::StripAsciiWhitespace(line.substr(name.size() + 1)));
    }
  }
  return "";
}

RawClient::RawClient(const std::string& socket_path)
    : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  REQUIRE(socket_path.size() < sizeof(address.sun_path));
  std::memcpy(address.sun_path, socket_path.data(), socket_path.size());
  REQUIRE(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
}

RawClient::~RawClient() { ::close(fd_); }

void RawClient::Send(const std::string& bytes) {
  size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = ::send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) return;  // The server has closed; Read() shows what it said.
    sent += static_cast<size_t>(count);
  }
}

bool RawClient::Receive(absl::Duration timeout) {
  pollfd polled = {fd_, POLLIN, 0};
  if (::poll(&polled, 1, static_cast<int>(absl::ToInt64Milliseconds(timeout))) <= 0) return false;
  char bytes[4096];
  const ssize_t count = ::recv(fd_, bytes, sizeof(bytes), 0);
  if (count <= 0) return false;
  buffer_.append(bytes, static_cast<size_t>(count));
  return true;
}

RawAnswer RawClient::Read(bool has_body) {
  RawAnswer answer;
  size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!Receive(absl::Seconds(10))) return answer;
  }
  answer.head = buffer_.substr(0, end);
  buffer_.erase(0, end + 4);
  (void)absl::SimpleAtoi(answer.head.substr(9, 3), &answer.status);
  size_t length = 0;
  (void)absl::SimpleAtoi(answer.Header("Content-Length"), &length);
  if (!has_body) return answer;
  while (buffer_.size() < length && Receive(absl::Seconds(10))) {
  }
  answer.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return answer;
}

std::string RawClient::ReadToClose() {
  while (Receive(absl::Seconds(5))) continue;
  return std::exchange(buffer_, "");
}

bool RawClient::IsClosed(absl::Duration timeout) {
  pollfd polled = {fd_, POLLIN, 0};
  char byte = 0;
  return ::poll(&polled, 1, static_cast<int>(absl::ToInt64Milliseconds(timeout))) > 0 &&
         ::recv(fd_, &byte, 1, MSG_PEEK) <= 0;
}

std::string GetRequest(const std::string& path) {
  return absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: test\r\n\r\n");
}

std::string PostRequest(const std::string& path, const std::string& body,
                        const std::string& headers) {
  return absl::StrCat("POST ", path, " HTTP/1.1\r\nHost: test\r\nContent-Length: ", body.size(),
                      "\r\n", headers, "\r\n", body);
}

}  // namespace oshirase::gateway
