#include "services/notifier/line/http_line_client.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "common/log/log.h"

namespace oshirase::notifier {
namespace {

// LINE's answers are small; more than this is not LINE.
constexpr size_t kMaxAnswerBytes = size_t{64} * 1024;
constexpr size_t kMaxHeaderValue = 200;
constexpr int kUnauthorized = 401;

struct Received {
  LineAnswer answer;
  std::string body;
};

size_t OnBody(char* data, size_t size, size_t count, void* user) {
  auto& received = *static_cast<Received*>(user);
  const size_t bytes = size * count;
  if (received.body.size() + bytes > kMaxAnswerBytes) return 0;  // ends the call
  received.body.append(data, bytes);
  return bytes;
}

size_t OnHeader(char* data, size_t size, size_t count, void* user) {
  auto& answer = static_cast<Received*>(user)->answer;
  const absl::string_view line(data, size * count);
  const size_t colon = line.find(':');
  if (colon == absl::string_view::npos) return line.size();
  const absl::string_view name = line.substr(0, colon);
  const std::string value(
      absl::StripAsciiWhitespace(line.substr(colon + 1)).substr(0, kMaxHeaderValue));
  int seconds = 0;
  if (absl::EqualsIgnoreCase(name, "x-line-request-id")) {
    answer.request_id = value;
  } else if (absl::EqualsIgnoreCase(name, "x-line-accepted-request-id")) {
    answer.accepted_request_id = value;
  } else if (absl::EqualsIgnoreCase(name, "retry-after") && absl::SimpleAtoi(value, &seconds) &&
             seconds >= 0) {
    answer.retry_after = absl::Seconds(seconds);
  }
  return line.size();
}

// LINE's "message", whatever else the body is: HTML, empty, or no JSON at all.
std::string MessageIn(const std::string& body) {
  const auto parsed = nlohmann::json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object()) return "";
  const auto message = parsed.find("message");
  return message != parsed.end() && message->is_string() ? message->get<std::string>() : "";
}

// Whether LINE can have seen anything of a call that failed. The error code does not tell: libcurl
// sends again by itself when a kept connection dies, and the code is that of the last try.
bool NothingWasSent(CURL* handle) {
  long sent = 0;  // NOLINT(google-runtime-int): libcurl's type
  return curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &sent) == CURLE_OK && sent == 0;
}

class HeaderList {
 public:
  HeaderList() = default;
  ~HeaderList() { curl_slist_free_all(list_); }
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;

  void Add(const std::string& header) { list_ = curl_slist_append(list_, header.c_str()); }
  curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

}  // namespace

HttpLineClient::HttpLineClient(HttpLineOptions options)
    : options_(std::move(options)), access_token_(options_.access_token) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
}

HttpLineClient::~HttpLineClient() {
  {
    absl::MutexLock lock(&mu_);
    idle_.clear();
  }
  curl_global_cleanup();
}

LineAnswer HttpLineClient::Multicast(const std::string& retry_key, const std::string& body) {
  return Post("/v2/bot/message/multicast", retry_key, body);
}

LineAnswer HttpLineClient::ValidateMulticast(const std::string& body) {
  constexpr char kPath[] = "/v2/bot/message/validate/multicast";
  LineAnswer answer = Post(kPath, "", body);
  // Nothing is sent by it, so it can be repeated here; multicasts go by the batch's own rules.
  return answer.token_replaced ? Post(kPath, "", body) : answer;
}

LineAnswer HttpLineClient::Post(const std::string& path, const std::string& retry_key,
                                const std::string& body) {
  Handle handle = TakeHandle();
  if (handle == nullptr) return {.kind = LineAnswer::Kind::kNotSent};
  HeaderList headers;
  headers.Add("Content-Type: application/json");
  const std::string token = AccessToken();
  headers.Add("Authorization: Bearer " + token);
  headers.Add("Expect:");  // no waiting for 100 Continue
  if (!retry_key.empty()) headers.Add("X-Line-Retry-Key: " + retry_key);
  Received received;
  CURL* curl = handle.get();
  const std::string url = options_.api_base + path;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &received);
  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) {
    received.answer.kind =
        NothingWasSent(curl) ? LineAnswer::Kind::kNotSent : LineAnswer::Kind::kNoAnswer;
    return std::move(received.answer);  // the connection goes with the handle
  }
  long status = 0;  // NOLINT(google-runtime-int): libcurl's type
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  received.answer.kind = LineAnswer::Kind::kAnswered;
  received.answer.status = static_cast<int>(status);
  received.answer.message = MessageIn(received.body);
  GiveBack(std::move(handle));
  if (status == kUnauthorized) received.answer.token_replaced = ReplaceToken(token);
  return std::move(received.answer);
}

std::string HttpLineClient::AccessToken() {
  absl::MutexLock lock(&token_mu_);
  return access_token_;
}

bool HttpLineClient::ReplaceToken(const std::string& refused) {
  absl::MutexLock lock(&token_mu_);
  if (access_token_ != refused) return true;
  auto token = options_.read_access_token();
  if (!token.ok()) {
    LogWarning("access token refused, and cannot be read again",
               {{"code", absl::StatusCodeToString(token.status().code())}});
    return false;
  }
  if (*token == refused) return false;
  access_token_ = *std::move(token);
  LogInfo("access token refused, and another one read");
  return true;
}

HttpLineClient::Handle HttpLineClient::TakeHandle() {
  {
    absl::MutexLock lock(&mu_);
    if (!idle_.empty()) {
      Handle handle = std::move(idle_.back());
      idle_.pop_back();
      return handle;
    }
  }
  Handle handle(curl_easy_init());
  if (handle == nullptr) return handle;
  CURL* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                   absl::ToInt64Milliseconds(options_.connect_timeout));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, absl::ToInt64Milliseconds(options_.total_timeout));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, OnBody);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, OnHeader);
  return handle;
}

void HttpLineClient::GiveBack(Handle handle) {
  absl::MutexLock lock(&mu_);
  idle_.push_back(std::move(handle));
}

}  // namespace oshirase::notifier
