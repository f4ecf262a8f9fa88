// The HTTP server with a few routes of its own on a private socket.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/log/testing/captured_log.h"
#include "services/gateway/http/server.h"
#include "services/gateway/testing/http_client.h"
#include "services/gateway/testing/test_directory.h"

namespace oshirase::gateway {

// Routes: GET /hello, POST /echo (100 bytes), PUT and PATCH /kept, POST /file (takes files), GET
// /pieces, GET /broken, GET /throw, GET /wait, GET /headers, GET /places/{place}/{other}, GET
// /places/fixed/one.
struct ServerFixture {
  CapturedLog log;
  TestDirectory directory;
  Metrics metrics;
  absl::Notification waiting;
  absl::Notification go_on;
  std::unique_ptr<HttpServer> server;

  explicit ServerFixture(int threads = 4, int waiting_connections = 4,
                         ConnectionTimeouts timeouts = {}) {
    auto started =
        HttpServer::Start({.socket_path = Socket(),
                           .threads = threads,
                           .waiting_connections = waiting_connections,
                           .timeouts = timeouts,
                           .error_page =
                               [](const HttpRequest&, int status) {
                                 return PlainText(status, absl::StrCat("error ", status));
                               }},
                          Routes(), metrics);
    REQUIRE(started.ok());
    server = *std::move(started);
  }

  std::string Socket() const { return directory.File("s"); }

  // Hands out `pieces` one by one, and fails after the last.
  static HttpResponse InPieces(std::vector<std::string> pieces) {
    HttpResponse response;
    response.pieces = [pieces = std::move(pieces),
                       next = size_t{0}]() mutable -> absl::StatusOr<std::string> {
      if (next == pieces.size()) return absl::UnavailableError("the other side went away");
      return pieces[next++];
    };
    return response;
  }

  Router Routes() {
    std::vector<Route> routes;
    routes.push_back({"GET", "/hello", "hello", [](const HttpRequest& request) {
                        return PlainText(200,
                                         absl::StrCat("hello ", std::string(request.Query("q"))));
                      }});
    routes.push_back({"POST", "/echo", "echo",
                      [](const HttpRequest& request) { return PlainText(200, request.body); },
                      100});
    for (const char* method : {"PUT", "PATCH"}) {
      routes.push_back({method, "/kept", "kept", [](const HttpRequest& request) {
                          return PlainText(200, absl::StrCat(request.method, " ", request.body));
                        }});
    }
    routes.push_back({"POST", "/file", "file",
                      [](const HttpRequest& request) {
                        return PlainText(
                            200, absl::StrCat(std::string(request.Header("Content-Type")), " ",
                                              request.body.size()));
                      },
                      6 * 1024 * 1024, /*takes_files=*/true});
    routes.push_back({"GET", "/pieces", "pieces", [](const HttpRequest&) {
                        return InPieces({"one,", std::string(200'000, 'x'), ",three", ""});
                      }});
    routes.push_back(
        {"GET", "/broken", "broken", [](const HttpRequest&) { return InPieces({"one,"}); }});
    routes.push_back({"GET", "/throw", "throw", [](const HttpRequest&) -> HttpResponse {
                        throw std::runtime_error("a secret");
                      }});
    routes.push_back({"GET", "/wait", "wait", [this](const HttpRequest&) {
                        waiting.Notify();
                        go_on.WaitForNotification();
                        return PlainText(200, "waited");
                      }});
    routes.push_back({"GET", "/headers", "headers", [](const HttpRequest& request) {
                        std::string text = request.request_id + "\n";
                        for (const auto& [name, value] : request.headers) {
                          text += std::string(name) + "=" + std::string(value) + "\n";
                        }
                        return PlainText(200, text);
                      }});
    routes.push_back({"GET", "/places/{place}/{other}", "places", [](const HttpRequest& request) {
                        return PlainText(200,
                                         absl::StrCat(std::string(request.PathValue("place")), " ",
                                                      std::string(request.PathValue("other"))));
                      }});
    routes.push_back({"GET", "/places/fixed/one", "fixed",
                      [](const HttpRequest&) { return PlainText(200, "fixed"); }});
    return Router(std::move(routes));
  }
};

}  // namespace oshirase::gateway
