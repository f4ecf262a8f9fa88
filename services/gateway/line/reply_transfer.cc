// Reference: https://developers.line.biz/en/reference/messaging-api/#send-reply-message
#include "services/gateway/line/reply_transfer.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "common/log/log.h"
#include "services/gateway/line/text_limit.h"

namespace oshirase::gateway {
namespace {

constexpr size_t kMaxTextUnits = 5000;
constexpr size_t kMaxAnswerBytes = 64 * 1024;
constexpr size_t kMaxRequestIdBytes = 64;

std::string BodyOf(const Reply& reply) {
  const nlohmann::json body = {
      {"replyToken", reply.token},
      {"messages", {{{"type", "text"}, {"text", ClipUtf16(reply.text, kMaxTextUnits)}}}}};
  return body.dump();
}

}  // namespace

ReplyTransfer::ReplyTransfer(const HttpReplySenderOptions& options, const std::string& url,
                             curl_slist* headers, const Reply& reply)
    : handle_(curl_easy_init()),
      request_id_(reply.request_id),
      start_(absl::Now()),
      body_(BodyOf(reply)) {
  curl_easy_setopt(handle_, CURLOPT_PRIVATE, this);
  curl_easy_setopt(handle_, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle_, CURLOPT_POST, 1L);
  // libcurl sends a request again by itself when a kept connection turns out to be dead, also after
  // LINE may have read it. From a function it cannot rewind, it cannot: "tried once" holds.
  curl_easy_setopt(handle_, CURLOPT_READFUNCTION, &ReplyTransfer::ReadBody);
  curl_easy_setopt(handle_, CURLOPT_READDATA, this);
  curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
  curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, &ReplyTransfer::ReadHeader);
  curl_easy_setopt(handle_, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &ReplyTransfer::SkipAnswer);
  curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(absl::ToInt64Milliseconds(options.connect_timeout)));
  curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS,
                   static_cast<long>(absl::ToInt64Milliseconds(options.total_timeout)));
  // No redirects, no proxy from the environment, nothing but HTTP.
  curl_easy_setopt(handle_, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle_, CURLOPT_PROXY, "");
  curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle_, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle_, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(handle_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
}

ReplyTransfer::~ReplyTransfer() { curl_easy_cleanup(handle_); }

size_t ReplyTransfer::ReadBody(char* to, size_t size, size_t count, void* self) {
  auto* transfer = static_cast<ReplyTransfer*>(self);
  const size_t bytes = std::min(size * count, transfer->body_.size() - transfer->sent_);
  std::memcpy(to, transfer->body_.data() + transfer->sent_, bytes);
  transfer->sent_ += bytes;
  return bytes;
}

size_t ReplyTransfer::ReadHeader(char* line, size_t size, size_t count, void* self) {
  static constexpr absl::string_view kName = "x-line-request-id:";
  absl::string_view header(line, size * count);
  if (absl::StartsWithIgnoreCase(header, kName)) {
    header = absl::StripAsciiWhitespace(header.substr(kName.size()));
    static_cast<ReplyTransfer*>(self)->line_request_id_ =
        std::string(header.substr(0, kMaxRequestIdBytes));
  }
  return size * count;
}

size_t ReplyTransfer::SkipAnswer(char* /*data*/, size_t size, size_t count, void* self) {
  auto* transfer = static_cast<ReplyTransfer*>(self);
  transfer->answer_bytes_ += size * count;
  return transfer->answer_bytes_ > kMaxAnswerBytes ? 0 : size * count;
}

std::string ReplyTransfer::Finish(CURLcode code) const {
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  std::string result = "failed";
  if (code == CURLE_OK && status == 200) result = "accepted";
  if (code == CURLE_OK && status >= 400 && status < 500) result = "refused";
  Log(result == "accepted" ? LogLevel::kInfo : LogLevel::kWarning, "LINE API call",
      {{"method", "POST"},
       {"endpoint", "/v2/bot/message/reply"},
       {"status", status},
       {"error", code == CURLE_OK ? "" : curl_easy_strerror(code)},
       {"line_request_id", line_request_id_},
       {"duration_ms", absl::Now() - start_},
       {"request_id", request_id_}});
  return result;
}

}  // namespace oshirase::gateway
