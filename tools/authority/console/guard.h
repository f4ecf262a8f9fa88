// Who may talk to the console. Every program of the machine can reach its port, and every web page
// that the officer has open can make the browser try; only the browser that was opened with the
// start's token, on a page of the console itself, is let in.
#pragma once

#include <optional>
#include <string>

namespace oshirase::authority::console {

// What the guard looks at; "" where a request has no such header.
struct Arrival {
  std::string method;
  std::string path;
  std::string token;  // Of the query.
  std::string host;
  std::string origin;
  std::string fetch_site;  // Sec-Fetch-Site, which no page can forge.
  std::string cookie;
  std::string content_type;
  std::string content_length;
  std::string transfer_encoding;
  std::string content_encoding;
};

struct Refusal {
  int status = 403;
  std::string reason;
  std::string sentence;
};

// Immutable, so thread-safe.
class Guard {
 public:
  // `authority` is the host and port listened on, as a browser writes them. Secrets are made here.
  explicit Guard(std::string authority);

  // Why a request is turned away; nothing when it may go on.
  std::optional<Refusal> Refuse(const Arrival& arrival) const;

  // Whether the request is the first page with the right token, which gets the cookie.
  bool IsEntrance(const Arrival& arrival) const;

  const std::string& token() const { return token_; }
  // The value of the Set-Cookie header.
  std::string SetCookie() const;

 private:
  bool HasCookie(const std::string& cookies) const;
  std::optional<Refusal> RefuseChange(const Arrival& arrival) const;

  const std::string authority_;
  const std::string token_;
  const std::string cookie_name_;
  const std::string cookie_value_;
};

}  // namespace oshirase::authority::console
