#include "services/gateway/view/info_handler.h"

namespace oshirase::gateway {
namespace {

struct InfoPage {
  const char* path;
  const char* name;  // Of the page, its title and its route.
};
constexpr InfoPage kPages[] = {
    {"/", "home"},
    {"/guide/residents", "guide_residents"},
    {"/guide/businesses", "guide_businesses"},
    {"/questions/residents", "questions_residents"},
    {"/questions/businesses", "questions_businesses"},
    {"/privacy", "privacy"},
};

// The same for everybody.
constexpr char kForMinutes[] = "public, max-age=300";

// What only its owner or its place is meant for stays out of search engines.
constexpr char kRobots[] =
    "User-agent: *\n"
    "Disallow: /c/\n"
    "Disallow: /links/\n"
    "Disallow: /upkeep\n"
    "Disallow: /api/\n"
    "Disallow: /certificates/\n";

}  // namespace

std::vector<Route> InfoHandler::Routes() {
  std::vector<Route> routes = {{"GET", "/robots.txt", "robots", [](const HttpRequest&) {
                                  HttpResponse response;
                                  response.body = kRobots;
                                  response.headers.emplace_back("Cache-Control",
                                                                "public, max-age=86400");
                                  return response;
                                }}};
  for (const InfoPage& info : kPages) {
    routes.push_back(
        {"GET", info.path, info.name, [this, name = info.name](const HttpRequest& request) {
           HttpResponse response = renderer_.Render(request, {.name = name, .indexable = true});
           response.headers.emplace_back("Cache-Control", kForMinutes);
           return response;
         }});
  }
  return routes;
}

}  // namespace oshirase::gateway
