// A request to the console and its answer as the handlers see them, free of the HTTP library.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace oshirase::authority::console {

// The longest body of a route that does not say otherwise.
inline constexpr size_t kDefaultMaxBodyBytes = 64 * 1024;

struct Request {
  std::string method;  // GET or POST
  std::string path;    // Percent-decoded, without the query.
  std::map<std::string, std::string> query;
  std::string body;

  // The value of a query's name; "" when there is none.
  std::string Query(const std::string& name) const {
    const auto found = query.find(name);
    return found == query.end() ? "" : found->second;
  }
};

// Hands over the next piece of an answer; false when nobody reads on.
using Write = std::function<bool(const std::string&)>;

struct Reply {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  // Instead of `body`, for what is long or never ends. An error breaks the answer off, so that
  // whoever reads it knows that it is not whole.
  std::function<absl::Status(const Write&)> stream;
  std::vector<std::pair<std::string, std::string>> headers;
};

// Answers one request; called from several threads at once. Must not throw.
using Handler = std::function<absl::StatusOr<Reply>(const Request&)>;

struct Route {
  std::string method;
  std::string path;
  Handler handler;
  size_t max_body_bytes = kDefaultMaxBodyBytes;
};

}  // namespace oshirase::authority::console
