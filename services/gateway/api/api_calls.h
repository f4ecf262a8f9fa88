// What every call of the API does alike: who asks, what was sent, and how the answer looks.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "services/gateway/api/problem.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/http/message.h"

namespace oshirase::gateway {

// Thread-safe.
class ApiCalls {
 public:
  using Answer = OrProblem<HttpResponse>;
  using AnyonesCall = std::function<Answer(const HttpRequest& request)>;
  using KeyedCall = std::function<Answer(const HttpRequest& request, const Credential& api_key)>;

  // `problems` must outlive this and its handlers.
  explicit ApiCalls(const Problems& problems) : problems_(problems) {}

  // Answers anyone in media type `type`; whoever cannot read that is told so before anything is
  // done.
  HttpHandler ForAnyone(const std::string& type, AnyonesCall call) const;

  // The same for those with an API key, which the registry checks with whatever it is asked.
  HttpHandler WithKey(const std::string& type, KeyedCall call) const;

 private:
  const Problems& problems_;
};

inline constexpr char kJsonType[] = "application/json";
inline constexpr char kMergePatchType[] = "application/merge-patch+json";
inline constexpr char kCsvType[] = "text/csv";

HttpResponse JsonAnswer(int status, const nlohmann::ordered_json& body);

// A file to be kept under `name`.
HttpResponse FileAnswer(const std::string& name, const std::string& type, std::string bytes);

// The problem of a body of another type than `types`.
Problem UnsupportedType(std::span<const char* const> types);

// The body of `request`, of one of `types`, as JSON.
OrProblem<nlohmann::json> ReadJson(const HttpRequest& request, std::span<const char* const> types);
OrProblem<nlohmann::json> ReadJson(const HttpRequest& request);

// The id of a venue or bundle in the path; "" for what can be none.
std::string IdIn(const HttpRequest& request, const char* place);

}  // namespace oshirase::gateway
