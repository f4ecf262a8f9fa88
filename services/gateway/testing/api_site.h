// The API before fakes, asked without a socket: a business with an API key, and its program.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "services/gateway/api/api.h"
#include "services/gateway/http/router.h"
#include "services/gateway/testing/fake_bulk_client.h"
#include "services/gateway/testing/fake_business_client.h"
#include "services/gateway/testing/fake_visit_counter.h"

namespace oshirase::gateway {

// Not thread-safe. The fakes, and the time `now`, can be changed between requests.
class ApiSite {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;

  ApiSite();

  // Sends `body` as JSON, with the business's API key and a new idempotency key unless `headers`
  // say otherwise; one with an empty value is not sent. Fails the test when there is no such route.
  HttpResponse Send(const std::string& method, const std::string& target, const std::string& body,
                    const Headers& headers = {});
  HttpResponse Get(const std::string& target, const Headers& headers = {}) {
    return Send("GET", target, "", headers);
  }

  // Registers a venue of that name, and returns its id.
  std::string Add(const std::string& name);

  Router& router() { return router_; }
  Api& api() { return *api_; }

  FakeBusinessClient business;
  FakeBulkClient bulk{business};
  FakeVisitCounter visits;
  absl::Time now;

 private:
  std::unique_ptr<Api> api_;
  Router router_;
};

// What a program tells of a small restaurant of that name.
nlohmann::json RestaurantJson(const std::string& name = "みなと食堂");

nlohmann::json BodyOf(const HttpResponse& response);

// "venue-not-found" of the problem in `response`; fails the test when its shape is wrong.
std::string ProblemIn(const HttpResponse& response);

// The places of the problem in `response`, as "#/name TOO_LONG".
std::vector<std::string> PlacesIn(const HttpResponse& response);

}  // namespace oshirase::gateway
