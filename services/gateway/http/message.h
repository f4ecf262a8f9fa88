// A request and its answer as the handlers see them, free of the HTTP library, so that handlers can
// be tested without a socket and the library can be replaced without touching them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace oshirase::gateway {

struct HttpRequest {
  // As its route's; a HEAD request arrives as GET, and its body is cut off on the way out.
  std::string method;
  // Percent-decoded, without the query.
  std::string path;
  // The bytes as received.
  std::string body;
  // Percent-decoded names and values, in order.
  std::vector<std::pair<std::string, std::string>> query;
  // What stood in the places that the route's path leaves open ("{token}").
  std::vector<std::pair<std::string, std::string>> path_values;
  // Views live as long as the request is handled.
  std::vector<std::pair<std::string_view, std::string_view>> headers;
  // A UUID: nginx's X-Request-Id, or one made for this request.
  std::string request_id;

  // The first header of that name, in whatever case it was sent; "" when there is none.
  std::string_view Header(std::string_view name) const;
  // The first query value of that name; "" when there is none.
  std::string_view Query(std::string_view name) const;
  // Whether the query has that name, with or without a value.
  bool HasQuery(std::string_view name) const;
  // What stood in the place `name` of the route's path; "" when it has no such place.
  std::string_view PathValue(std::string_view name) const;
};

// The next piece of a body; "" at its end. An error breaks the answer off, so that whoever receives
// it knows that it is not whole.
using BodyPieces = std::function<absl::StatusOr<std::string>()>;

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  // Instead of `body`, for what is too long to hold at once.
  BodyPieces pieces;
  // Further headers. Values come from our own code, never from a request.
  std::vector<std::pair<std::string, std::string>> headers;
};

// Answers one request; called from many threads at once. Must not throw.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

// "text/plain" with one line.
HttpResponse PlainText(int status, const std::string& line);

// 303: "look there with GET", which keeps a reload from sending a form again.
HttpResponse SeeOther(const std::string& location);

}  // namespace oshirase::gateway
