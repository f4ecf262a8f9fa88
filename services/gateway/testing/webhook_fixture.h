// The webhook handler with everything real but LINE and the other services, behind the real HTTP
// server, and the bodies to send it.
#pragma once

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/log/testing/captured_log.h"
#include "services/gateway/http/server.h"
#include "services/gateway/testing/fake_checkin_client.h"
#include "services/gateway/testing/fake_notifier_client.h"
#include "services/gateway/testing/fake_registry_client.h"
#include "services/gateway/testing/fake_reply_sender.h"
#include "services/gateway/testing/http_client.h"
#include "services/gateway/testing/test_directory.h"
#include "services/gateway/webhook/webhook_handler.h"

namespace oshirase::gateway {

inline constexpr char kSecret[] = "secret";
inline constexpr char kBot[] = "U8e742f61d673b39c7fff3cecb7536ef0";
inline constexpr char kUser[] = "U0123456789abcdef0123456789abcdef";
inline const absl::Time kNow = absl::FromUnixMillis(1591005600123);  // 2020-06-01 19:00 in Japan

inline std::string Sign(const std::string& body) {
  unsigned char mac[32];
  unsigned int size = 0;
  HMAC(EVP_sha256(), kSecret, sizeof(kSecret) - 1,
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), mac, &size);
  unsigned char text[45];
  EVP_EncodeBlock(text, mac, 32);
  return reinterpret_cast<const char*>(text);
}

struct EventOptions {
  std::string id = "01FZ74A0TDDPYRVKNK77XKC3ZR";
  std::string user = kUser;
  absl::Time time = kNow;
  std::string mode = "active";
  std::string token = "token";
};

inline std::string CommonOf(const EventOptions& options) {
  return absl::StrCat(R"("mode":")", options.mode, R"(","webhookEventId":")", options.id,
                      R"(","timestamp":)", absl::ToUnixMillis(options.time), R"(,"replyToken":")",
                      options.token, R"(","source":{"type":"user","userId":")", options.user,
                      "\"}");
}

inline std::string TextEvent(const std::string& text, const EventOptions& options = {}) {
  return absl::StrCat(R"({"type":"message","message":{"type":"text","id":"1","text":")", text,
                      "\"},", CommonOf(options), "}");
}

inline std::string FollowEvent(const std::string& type, const EventOptions& options = {}) {
  return absl::StrCat(R"({"type":")", type, "\",", CommonOf(options), "}");
}

struct WebhookFixture {
  CapturedLog log;
  TestDirectory directory;
  Metrics metrics;
  FakeRegistryClient registry;
  FakeCheckinClient checkin;
  FakeNotifierClient notifier;
  FakeReplySender replies;
  absl::Time now = kNow;
  Clock clock = [this] { return now; };
  DayKeyCache keys{notifier, clock};
  VisitRecorder recorder{checkin, metrics};
  VenueCache venues{registry, metrics};
  ReplyTexts texts{{"神奈川県", "045-285-0536", 21}};
  CheckIn check_in{{venues, keys, recorder, texts, clock}};
  SignatureVerifier signatures{{kSecret}};
  WebhookHandler handler{{signatures, check_in, notifier, replies, texts, metrics, clock}, kBot};
  std::unique_ptr<HttpServer> server;
  ids::VenueCode code;

  WebhookFixture() {
    REQUIRE(keys.Refresh().ok());
    Venue venue;
    venue.name = "みなと食堂";
    code = registry.Add(venue);
    std::vector<Route> routes;
    routes.push_back({"POST", "/line/webhook", "line_webhook",
                      [this](const HttpRequest& request) { return handler.Handle(request); },
                      kMaxWebhookBytes});
    server = *HttpServer::Start(
        {.socket_path = directory.File("s"),
         .threads = 8,
         .error_page = [](const HttpRequest&, int s) { return PlainText(s, "error"); }},
        Router(std::move(routes)), metrics);
  }

  std::string Body(const std::vector<std::string>& events) const {
    return absl::StrCat(R"({"destination":")", kBot, R"(","events":[)", absl::StrJoin(events, ","),
                        "]}");
  }
  int Post(const std::string& body, const std::string& headers) {
    RawClient client(directory.File("s"));
    return client.Ask(PostRequest("/line/webhook", body, headers)).status;
  }
  int PostSigned(const std::string& body) {
    return Post(body, absl::StrCat("x-line-signature: ", Sign(body), "\r\n"));
  }
  int PostEvents(const std::vector<std::string>& events) { return PostSigned(Body(events)); }
  std::string Scan() const { return absl::StrCat("来店 ", ids::FormatVenueCode(code)); }
};

}  // namespace oshirase::gateway
