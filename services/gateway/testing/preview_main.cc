// Usage: gateway_preview SOCKET [POSTAL_CODES_FILE]
//
// Serves the pages with fakes behind them on a unix socket, to look at while writing them: no
// registry, no database, no mail. "/preview/mail" goes where the newest mailed link leads.
#include <iostream>
#include <vector>

#include "common/server/stop_signals.h"
#include "services/gateway/http/server.h"
#include "services/gateway/testing/fake_bulk_client.h"
#include "services/gateway/testing/fake_business_client.h"
#include "services/gateway/testing/fake_public_client.h"
#include "services/gateway/testing/fake_registry_client.h"
#include "services/gateway/testing/fake_visit_counter.h"
#include "services/gateway/testing/public_examples.h"
#include "services/gateway/view/site_pages.h"

namespace oshirase::gateway {
namespace {

constexpr char kUrl[] = "http://localhost";

// Three weeks of a restaurant that is busy on Saturdays.
std::vector<DayCount> SomeDays() {
  const Day today = DayOf(absl::Now());
  std::vector<DayCount> days;
  for (int i = 20; i >= 0; --i) days.push_back({today - i, i % 7 == 3 ? 120 : i % 7 * 10});
  return days;
}

void PrintExamples(const PublicExamples& examples) {
  for (const ids::PublicNumber& number : {examples.valid, examples.superseded, examples.withdrawn,
                                          examples.suspended, examples.closed}) {
    std::cout << "/certificates/" << ids::FormatPublicNumber(number) << "\n";
  }
  for (const ids::VenueCode& code :
       {examples.open_code, examples.closed_code, examples.suspended_code, examples.event_code}) {
    std::cout << "/c/" << ids::FormatVenueCode(code) << "\n";
  }
  std::cout << std::flush;
}

int Preview(const std::string& socket, const std::string& postal_codes_file) {
  FakeBusinessClient business;
  FakeBulkClient bulk(business);
  FakeVisitCounter visits;
  visits.Answer(SomeDays());
  FakePublicClient everybody;
  FakeRegistryClient registry;
  Metrics metrics;
  VenueCache venues(registry, metrics);
  SiteOptions options = {.facts = {"神奈川県", "045-285-0536", kUrl},
                         .bot_basic_id = "@oshirase",
                         .clock = &absl::Now};
  if (auto codes = PostalCodes::Open(postal_codes_file); codes.ok()) {
    options.postal_codes = *std::move(codes);
  }
  PrintExamples(AddExamples(everybody, registry));
  const auto pages = SitePages::Create({business, bulk, visits, everybody, venues}, options,
                                       crypto::SecretKey::Random());
  if (!pages.ok()) {
    std::cerr << pages.status() << "\n";
    return EXIT_FAILURE;
  }
  std::vector<Route> routes = (*pages)->Routes();
  routes.push_back({"GET", "/preview/mail", "preview_mail", [&business](const HttpRequest&) {
                      const auto mailed = business.mailed();
                      return mailed.empty() ? PlainText(404, "no mail")
                                            : SeeOther("/links/" + mailed.back());
                    }});
  const auto server = HttpServer::Start(
      {.socket_path = socket,
       .threads = 16,
       .error_page = [&pages](const HttpRequest& request,
                              int status) { return (*pages)->ErrorPage(request, status); }},
      Router(std::move(routes)), metrics);
  if (!server.ok()) {
    std::cerr << server.status() << "\n";
    return EXIT_FAILURE;
  }
  WaitForStopSignal();
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace oshirase::gateway

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: gateway_preview SOCKET [POSTAL_CODES_FILE]\n";
    return 2;
  }
  oshirase::BlockStopSignals();  // before any thread starts
  return oshirase::gateway::Preview(argv[1], argc > 2 ? argv[2] : "");
}
