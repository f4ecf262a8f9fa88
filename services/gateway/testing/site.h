// The pages before fakes, asked without a socket: what a browser would send, and what it would do
// with the answer as far as tests look at it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/gateway/http/router.h"
#include "services/gateway/testing/fake_bulk_client.h"
#include "services/gateway/testing/fake_business_client.h"
#include "services/gateway/testing/fake_public_client.h"
#include "services/gateway/testing/fake_registry_client.h"
#include "services/gateway/testing/fake_visit_counter.h"
#include "services/gateway/testing/public_examples.h"
#include "services/gateway/testing/test_directory.h"
#include "services/gateway/view/site_pages.h"

namespace oshirase::gateway {

using Fields = std::vector<std::pair<std::string, std::string>>;
using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

// Not thread-safe. The fakes, and the site's time `now`, can be changed between requests.
class Site {
 public:
  explicit Site(const std::string& public_url = "https://oshirase.example");

  // Asks for "/path?query"; fails the test when there is no such route. Sends the cookie it was
  // given, as a browser does.
  HttpResponse Get(const std::string& target, const Headers& headers = {});
  HttpResponse Post(const std::string& target, const Fields& fields, const Headers& headers = {});

  // The same with a body of another kind than a form's fields.
  HttpResponse PostBody(const std::string& target, const std::string& body, const Headers& headers);

  // Where a 303 leads; fails the test for another answer.
  static std::string LocationOf(const HttpResponse& response);

  // Registers a venue up to its mail, and returns the token of the link in it.
  std::string MailedLinkOf(const Fields& answers);

  FakeBusinessClient business;
  FakeBulkClient bulk{business};
  FakeVisitCounter visits;
  FakePublicClient everybody;
  FakeRegistryClient registry;
  absl::Time now;
  std::string cookie;

 private:
  HttpResponse Ask(HttpRequest request, const Headers& headers);
  SiteOptions Options(const std::string& public_url);

  TestDirectory directory_;
  Metrics metrics_;
  VenueCache venues_{registry, metrics_};
  std::unique_ptr<SitePages> pages_;
  Router router_;
};

// The answers of a small restaurant, step by step as a form has them.
Fields GoodAnswers();
// The same with one answer changed.
Fields With(Fields fields, const std::string& name, const std::string& value);

// The value of the hidden field `name` on a page; "" when it has none.
std::string HiddenField(const HttpResponse& page, const std::string& name);

// The value of a header; "" when there is none.
std::string HeaderOf(const HttpResponse& response, const std::string& name);

bool Has(const HttpResponse& response, const std::string& text);

}  // namespace oshirase::gateway
