// One reply on its way to LINE.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "services/gateway/line/http_reply_sender.h"

namespace oshirase::gateway {

struct FreeHeaders {
  void operator()(curl_slist* headers) const { curl_slist_free_all(headers); }
};

// Not movable: libcurl holds its address. Used by one thread.
class ReplyTransfer {
 public:
  // `options` and `headers` must outlive this.
  ReplyTransfer(const HttpReplySenderOptions& options, const std::string& url, curl_slist* headers,
                const Reply& reply);
  ~ReplyTransfer();
  ReplyTransfer(const ReplyTransfer&) = delete;
  ReplyTransfer& operator=(const ReplyTransfer&) = delete;

  CURL* handle() const { return handle_; }

  // "accepted", "refused" or "failed", after `code` ended the transfer. Logs LINE's request id and
  // status, never the token.
  std::string Finish(CURLcode code) const;

 private:
  static size_t ReadBody(char* to, size_t size, size_t count, void* self);
  static size_t ReadHeader(char* line, size_t size, size_t count, void* self);
  static size_t SkipAnswer(char* data, size_t size, size_t count, void* self);

  CURL* const handle_;
  const std::string request_id_;
  const absl::Time start_;
  const std::string body_;
  size_t sent_ = 0;
  size_t answer_bytes_ = 0;
  std::string line_request_id_;
};

}  // namespace oshirase::gateway
