// cpp-httplib 0.11.4 parses and writes; everything it is known to do badly is done here or in
// connection.cc, framing.cc and worker_pool.cc instead: listening, waiting, limits, routing,
// errors.
#include "services/gateway/http/server.h"

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <utility>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/log/request_id.h"
#include "services/gateway/http/framing.h"
#include "services/gateway/http/http_metrics.h"
#include "services/gateway/http/listen_socket.h"
#include "services/gateway/http/security_headers.h"
#include "services/gateway/http/worker_pool.h"

namespace oshirase::gateway {
namespace {

// What a refused request may still send before the connection is cut.
constexpr size_t kLingerBytes = 2 * 1024 * 1024;
// More than any route takes: the library's limit is the last resort, CheckFraming() knows each
// route's own.
constexpr size_t kLibraryMaxBodyBytes = 8 * 1024 * 1024;
// Where the type of a form with files is kept from the library.
constexpr char kFormType[] = "Oshirase-Form-Type";

// Headers the library makes up from the connection, or that a caller could forge in their stead.
bool IsConnectionHeader(const std::string& name) {
  return absl::StartsWithIgnoreCase(name, "REMOTE_") || absl::StartsWithIgnoreCase(name, "LOCAL_");
}

// Writes one piece after another, each when the one before has been taken.
void SendPieces(BodyPieces pieces, const std::string& content_type, httplib::Response& to) {
  to.set_chunked_content_provider(
      content_type, [pieces = std::move(pieces)](size_t /*offset*/, httplib::DataSink& sink) {
        const auto piece = pieces();
        if (!piece.ok()) {
          LogWarning("an answer broke off",
                     {{"code", absl::StatusCodeToString(piece.status().code())}});
          return false;
        }
        if (piece->empty()) {
          sink.done();
          return true;
        }
        return sink.write(piece->data(), piece->size());
      });
}

HttpRequest ToRequest(const httplib::Request& from, std::string body) {
  HttpRequest request;
  request.method = from.method == "HEAD" ? "GET" : from.method;
  request.path = from.path;
  request.body = std::move(body);
  request.query.assign(from.params.begin(), from.params.end());
  request.headers.reserve(from.headers.size());
  for (const auto& [name, value] : from.headers) {
    if (IsConnectionHeader(name)) continue;
    request.headers.emplace_back(name == kFormType ? "Content-Type" : std::string_view(name),
                                 value);
  }
  // nginx's, so that its line and ours share an id; nobody else is in front of us.
  const std::string_view given = request.Header("X-Request-Id");
  request.request_id = IsUuid({given.data(), given.size()}) ? std::string(given) : NewUuid();
  return request;
}

void ToResponse(HttpResponse from, httplib::Response& to) {
  to.status = from.status;
  if (from.pieces) {
    SendPieces(std::move(from.pieces), from.content_type, to);
  } else {
    to.body = std::move(from.body);
    to.set_header("Content-Type", from.content_type);
  }
  for (const auto& [name, value] : from.headers) to.set_header(name, value);
  AddSecurityHeaders(to.headers);
}

}  // namespace

class HttpServer::Impl : public httplib::Server {
 public:
  Impl(HttpServerOptions options, Router router, Metrics& metrics)
      : options_(std::move(options)),
        router_(std::move(router)),
        metrics_(metrics),
        stop_fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    set_payload_max_length(kLibraryMaxBodyBytes);
    new_task_queue = [this] {
      return new WorkerPool(static_cast<size_t>(options_.threads),
                            static_cast<size_t>(options_.waiting_connections));
    };
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      return BeforeBody(request, response);
    });
    const HandlerWithContentReader read =
        [this](const httplib::Request& request, httplib::Response& response,
               const httplib::ContentReader& reader) { ReadAndAnswer(request, response, reader); };
    Post(".*", read);
    Put(".*", read);
    Patch(".*", read);
    // CheckFraming() refuses what expects this; the library would say "go on" before asking it.
    set_expect_100_continue_handler(
        [](const httplib::Request&, httplib::Response&) { return 417; });
    // The library's own errors (a broken request line) have no body of ours yet.
    set_error_handler(Handler([this](const httplib::Request&, httplib::Response& response) {
      if (response.body.empty()) ToResponse(options_.error_page({}, response.status), response);
    }));
    // Without this one the library would show the exception's text to the caller.
    set_exception_handler(
        [this](const httplib::Request&, httplib::Response& response, const std::exception_ptr&) {
          LogError("request handler threw");
          ToResponse(options_.error_page({}, 500), response);
        });
  }

  ~Impl() override { ::close(stop_fd_); }

  absl::Status Listen() {
    const auto fd = ListenOnUnixSocket(options_.socket_path);
    if (!fd.ok()) return fd.status();
    svr_sock_ = *fd;
    accept_thread_ = std::thread([this] {
      accept_thread_id_ = std::this_thread::get_id();
      listen_after_bind();
    });
    // stop() before the loop runs would be forgotten.
    while (!is_running()) std::this_thread::yield();
    return absl::OkStatus();
  }

  void Shutdown() {
    if (!accept_thread_.joinable()) return;
    stopping_ = true;
    // Removed first: nginx then tries another gateway instead of waiting for this one.
    ::unlink(options_.socket_path.c_str());
    ::eventfd_write(stop_fd_, 1);
    stop();
    accept_thread_.join();
  }

 private:
  // Serves one connection to its end. The library calls it from a worker, or from the accepting
  // thread when every worker is taken.
  bool process_and_close_socket(socket_t fd) override {
    Connection connection(fd, stop_fd_, options_.timeouts);
    if (std::this_thread::get_id() == accept_thread_id_) {
      RefuseForOverload(connection);
      return true;
    }
    while (connection.WaitForRequest()) {
      // Until the headers have been read and found fit, nobody knows where this request ends.
      bool end_unknown = true;
      bool closed_by_peer = false;
      const bool more = process_request(connection, stopping_, closed_by_peer,
                                        [this, &end_unknown](httplib::Request& request) {
                                          end_unknown = CheckFraming(request, router_).has_value();
                                          Prepare(request, end_unknown);
                                        });
      if (!connection.Flush()) break;
      if (end_unknown) {
        connection.Linger(kLingerBytes);
        break;
      }
      if (!more || closed_by_peer || stopping_) break;
    }
    return true;
  }

  void RefuseForOverload(Connection& connection) {
    http_metrics_.CountRefusal("overload");
    static constexpr std::string_view kAnswer =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
        "Connection: close\r\n\r\n";
    connection.write(kAnswer.data(), kAnswer.size());
    connection.Flush();
  }

  // Takes away what the library would act on by itself: partial answers, compression, which nginx
  // does where it is safe, and forms with files, of which it stops reading where it finds a mistake
  // and takes the rest for the next request.
  static void Prepare(httplib::Request& request, bool close) {
    request.headers.erase("Range");
    request.ranges.clear();
    request.headers.erase("Accept-Encoding");
    request.headers.erase(kFormType);
    // One that is refused is not read.
    if (!close && request.is_multipart_form_data()) {
      request.set_header(kFormType, request.get_header_value("Content-Type"));
      request.headers.erase("Content-Type");
    }
    if (close) {
      request.headers.erase("Connection");
      request.set_header("Connection", "close");
    }
  }

  // Answers everything that has no body to read.
  HandlerResponse BeforeBody(const httplib::Request& request, httplib::Response& response) {
    if (const auto refusal = CheckFraming(request, router_)) {
      http_metrics_.CountRefusal(refusal->reason);
      ToResponse(options_.error_page(ToRequest(request, ""), refusal->status), response);
      if (refusal->status == 405) response.set_header("Allow", router_.Allow(request.path));
      return HandlerResponse::Handled;
    }
    if (request.method != "GET" && request.method != "HEAD") return HandlerResponse::Unhandled;
    Answer(request, "", response);
    return HandlerResponse::Handled;
  }

  void ReadAndAnswer(const httplib::Request& request, httplib::Response& response,
                     const httplib::ContentReader& reader) {
    std::string body;
    body.reserve(request.get_header_value<uint64_t>("Content-Length"));
    const bool whole = reader([&body](const char* data, size_t size) {
      body.append(data, size);
      return true;
    });
    if (!whole) {
      http_metrics_.CountRefusal("incomplete");
      ToResponse(options_.error_page(ToRequest(request, ""), 408), response);
      return;
    }
    Answer(request, std::move(body), response);
  }

  void Answer(const httplib::Request& from, std::string body, httplib::Response& response) {
    const absl::Time start = absl::Now();
    HttpRequest request = ToRequest(from, std::move(body));
    const Route* route = router_.Find(from.method, from.path);
    std::string name = "none";
    if (route != nullptr) {
      name = route->name;
      request.path_values = Router::PathValues(*route, from.path);
      ToResponse(route->handler(request), response);
    } else if (const std::string allow = router_.Allow(from.path); !allow.empty()) {
      ToResponse(options_.error_page(request, 405), response);
      response.set_header("Allow", allow);
    } else {
      ToResponse(options_.error_page(request, 404), response);
    }
    http_metrics_.Count(name, response.status, absl::Now() - start);
  }

  const HttpServerOptions options_;
  const Router router_;
  Metrics& metrics_;
  HttpMetrics http_metrics_{metrics_};
  const int stop_fd_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::thread::id> accept_thread_id_;
  std::thread accept_thread_;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

HttpServer::~HttpServer() { Shutdown(); }

void HttpServer::Shutdown() { impl_->Shutdown(); }

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(HttpServerOptions options,
                                                              Router router, Metrics& metrics) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(router), metrics);
  if (const auto status = impl->Listen(); !status.ok()) return status;
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

}  // namespace oshirase::gateway
