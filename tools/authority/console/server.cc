// cpp-httplib 0.11.4: one request for each connection, so that a body that was not read is never
// taken for the next request; and a port of its own, which the library's defaults would share.
#include "tools/authority/console/server.h"

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/config/address.h"
#include "common/status/macros.h"
#include "tools/authority/console/assets.h"
#include "tools/authority/console/guard.h"
#include "tools/authority/console/problem.h"
#include "tools/authority/wrong_use.h"

namespace oshirase::authority::console {
namespace {

constexpr size_t kThreads = 24;  // A stream keeps one.
constexpr int kBacklog = 128;    // The library's own is 5: a page has more files than that.
constexpr time_t kTimeoutSeconds = 30;

const httplib::Headers& SecurityHeaders() {
  static const auto& headers = *new httplib::Headers{
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
       "img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cache-Control", "no-store"},
  };
  return headers;
}

const char* TypeOf(std::string_view path) {
  if (path.ends_with(".mjs")) return "text/javascript; charset=utf-8";
  if (path.ends_with(".css")) return "text/css; charset=utf-8";
  if (path.ends_with(".svg")) return "image/svg+xml";
  return "text/html; charset=utf-8";
}

Arrival ToArrival(const httplib::Request& request) {
  const auto header = [&request](const char* name) { return request.get_header_value(name); };
  return {.method = request.method,
          .path = request.path,
          .token = request.get_param_value("token"),
          // Two of them could be read differently by two readers.
          .host = request.get_header_value_count("Host") == 1 ? header("Host") : "",
          .origin = header("Origin"),
          .fetch_site = header("Sec-Fetch-Site"),
          .cookie = header("Cookie"),
          .content_type = header("Content-Type"),
          .content_length = header("Content-Length"),
          .transfer_encoding = header("Transfer-Encoding"),
          .content_encoding = header("Content-Encoding")};
}

}  // namespace

class Server::Impl : public httplib::Server {
 public:
  explicit Impl(std::vector<Route> routes) : routes_(std::move(routes)) {
    new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    set_keep_alive_max_count(1);
    set_tcp_nodelay(true);
    set_read_timeout(kTimeoutSeconds, 0);
    set_write_timeout(kTimeoutSeconds, 0);
    size_t longest = 0;
    for (const auto& route : routes_) longest = std::max(longest, route.max_body_bytes);
    set_payload_max_length(longest);
    set_socket_options([](socket_t socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      return BeforeBody(request, response);
    });
    Post(".*", [this](const httplib::Request& request, httplib::Response& response) {
      Answer(request, response);
    });
    set_error_handler(Handler([this](const httplib::Request&, httplib::Response& response) {
      if (response.body.empty()) {
        Send(ProblemReply(Refusal{response.status,
                                  response.status == 413 ? "TOO_LARGE" : "BAD_REQUEST",
                                  "受け取れない送信です。"}),
             response);
      }
    }));
    // Without this one the library would show the exception's text.
    set_exception_handler([this](const httplib::Request&, httplib::Response& response,
                                 const std::exception_ptr&) {
      Send(ProblemReply(Refusal{500, "INTERNAL", "画面のプログラムに誤りがあります。"}), response);
    });
  }

  absl::Status Listen(const HostPort& address) {
    int port = address.port;
    if (port == 0) {
      port = bind_to_any_port(address.host);
    } else if (!bind_to_port(address.host, port)) {
      port = -1;
    }
    if (port < 0) {
      return absl::UnavailableError(absl::StrCat("ポート ", address.port, " は使われています"));
    }
    ::listen(svr_sock_, kBacklog);
    const bool ipv6 = absl::StrContains(address.host, ":");
    guard_ = std::make_unique<Guard>(ipv6 ? absl::StrCat("[", address.host, "]:", port)
                                          : absl::StrCat(address.host, ":", port));
    origin_ = absl::StrCat("http://", ipv6 ? absl::StrCat("[", address.host, "]") : address.host,
                           ":", port);
    thread_ = std::thread([this] { listen_after_bind(); });
    // stop() before the loop runs would be forgotten.
    while (!is_running()) std::this_thread::yield();
    return absl::OkStatus();
  }

  void End() {
    if (!thread_.joinable()) return;
    ending_ = true;
    stop();
    thread_.join();
  }

  const std::string& origin() const { return origin_; }
  const Guard& guard() const { return *guard_; }

 private:
  // Everything but the body of what may go on is decided here, before the library reads one.
  HandlerResponse BeforeBody(const httplib::Request& request, httplib::Response& response) {
    const auto arrival = ToArrival(request);
    if (const auto refusal = guard_->Refuse(arrival)) {
      Send(ProblemReply(*refusal), response);
      return HandlerResponse::Handled;
    }
    if (guard_->IsEntrance(arrival)) {
      // From here on the token is in no address, and so in no history.
      Send({.status = 303,
            .content_type = "text/plain",
            .headers = {{"Location", "/"}, {"Set-Cookie", guard_->SetCookie()}}},
           response);
      return HandlerResponse::Handled;
    }
    if (request.method == "POST") return HandlerResponse::Unhandled;
    Answer(request, response);
    return HandlerResponse::Handled;
  }

  void Answer(const httplib::Request& request, httplib::Response& response) {
    const auto* route = Find(request.method, request.path);
    if (route == nullptr) return SendAsset(request, response);
    if (request.body.size() > route->max_body_bytes) {
      return Send(ProblemReply(Refusal{413, "TOO_LARGE", "送信が大きすぎます。"}), response);
    }
    Request asked{.method = request.method, .path = request.path, .body = request.body};
    asked.query.insert(request.params.begin(), request.params.end());
    auto reply = route->handler(asked);
    Send(reply.ok() ? *std::move(reply) : ProblemReply(reply.status()), response);
  }

  const Route* Find(const std::string& method, const std::string& path) const {
    for (const auto& route : routes_) {
      if (route.method == method && route.path == path) return &route;
    }
    return nullptr;
  }

  void SendAsset(const httplib::Request& request, httplib::Response& response) {
    const std::string path = request.path == "/" ? "/index.html" : request.path;
    for (const auto& asset : Assets()) {
      if (request.method != "GET" || asset.path != path) continue;
      return Send({.content_type = TypeOf(path), .body = std::string(asset.content)}, response);
    }
    Send(ProblemReply(Refusal{404, "NO_SUCH_PAGE", "そのページはありません。"}), response);
  }

  void Send(Reply reply, httplib::Response& to) {
    to.status = reply.status;
    for (const auto& [name, value] : SecurityHeaders()) to.set_header(name, value);
    for (const auto& [name, value] : reply.headers) to.set_header(name, value);
    if (!reply.stream) {
      to.set_content(reply.body, reply.content_type);
      return;
    }
    to.set_chunked_content_provider(
        reply.content_type,
        [this, stream = std::move(reply.stream)](size_t /*offset*/, httplib::DataSink& sink) {
          const auto status = stream([&](const std::string& piece) {
            return !ending_ && sink.is_writable() && sink.write(piece.data(), piece.size());
          });
          if (status.ok()) sink.done();
          return status.ok();
        });
  }

  const std::vector<Route> routes_;
  std::unique_ptr<Guard> guard_;
  std::string origin_;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { impl_->End(); }

std::string Server::origin() const { return impl_->origin(); }

std::string Server::url() const {
  return absl::StrCat(impl_->origin(), "/?token=", impl_->guard().token());
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const std::string& listen,
                                                      std::vector<Route> routes) {
  const auto address = ParseHostPort(listen);
  if (!address.ok() || !IsIpAddress(address->host) || !IsLoopbackHost(address->host)) {
    return WrongUse("--listen はこの機械の中だけのアドレスにしてください（例: 127.0.0.1:0）");
  }
  auto impl = std::make_unique<Impl>(std::move(routes));
  RETURN_IF_ERROR(impl->Listen(*address));
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

}  // namespace oshirase::authority::console
