#include "services/gateway/line/http_reply_sender.h"

#include <curl/curl.h>

#include <cstdlib>
#include <unordered_map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/gateway/line/reply_transfer.h"
#include "services/gateway/line/tried_tokens.h"

namespace oshirase::gateway {
namespace {

constexpr int kPollMilliseconds = 1000;

prometheus::Counter& Results(Metrics& metrics, const std::string& result) {
  return metrics.Counter("oshirase_replies_total", "Replies, by how they ended.",
                         {{"result", result}});
}

}  // namespace

// What the thread does; all of libcurl is used there, but for curl_multi_wakeup().
class HttpReplySender::Loop {
 public:
  Loop(HttpReplySender& sender, Metrics& metrics)
      : sender_(sender),
        metrics_(metrics),
        url_(absl::StrCat(sender.options_.api_base, "/v2/bot/message/reply")) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi_ = curl_multi_init();
    if (multi_ == nullptr) std::abort();  // Out of memory at start.
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS,
                      static_cast<long>(sender.options_.max_in_flight));
    for (const std::string& header :
         {std::string("Content-Type: application/json"), std::string("Expect:"),
          absl::StrCat("Authorization: Bearer ", sender.options_.channel_access_token)}) {
      headers_.reset(curl_slist_append(headers_.release(), header.c_str()));
    }
  }

  ~Loop() {
    for (auto& [handle, transfer] : transfers_) curl_multi_remove_handle(multi_, handle);
    transfers_.clear();
    curl_multi_cleanup(multi_);
  }

  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void Wake() { curl_multi_wakeup(multi_); }

  void Run() {
    while (true) {
      StartWaiting();
      int running = 0;
      curl_multi_perform(multi_, &running);
      FinishDone();
      if (Ended()) return;
      if (CanStart()) continue;
      curl_multi_poll(multi_, nullptr, 0, kPollMilliseconds, nullptr);
    }
  }

 private:
  bool HasRoom() const {
    return transfers_.size() < static_cast<size_t>(sender_.options_.max_in_flight);
  }

  bool CanStart() {
    const absl::MutexLock lock(&sender_.mutex_);
    return !sender_.queue_.empty() && HasRoom();
  }

  bool Ended() {
    const absl::MutexLock lock(&sender_.mutex_);
    if (!sender_.stopping_) return false;
    return (sender_.queue_.empty() && transfers_.empty()) || absl::Now() >= sender_.stop_by_;
  }

  void StartWaiting() {
    while (HasRoom()) {
      Waiting next;
      {
        const absl::MutexLock lock(&sender_.mutex_);
        if (sender_.queue_.empty()) return;
        next = std::move(sender_.queue_.front());
        sender_.queue_.pop_front();
        sender_.queue_depth_.Set(static_cast<double>(sender_.queue_.size()));
      }
      if (absl::Now() - next.since > sender_.options_.max_age) {
        Results(metrics_, "expired").Increment();
        continue;
      }
      if (!tried_tokens_.Add(next.reply.token, absl::Now())) {
        Results(metrics_, "repeated").Increment();
        continue;
      }
      auto transfer =
          std::make_unique<ReplyTransfer>(sender_.options_, url_, headers_.get(), next.reply);
      CURL* handle = transfer->handle();
      transfers_.emplace(handle, std::move(transfer));
      curl_multi_add_handle(multi_, handle);
    }
  }

  void FinishDone() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      // Copied: the message ends with its handle.
      CURL* const handle = message->easy_handle;
      const CURLcode code = message->data.result;
      curl_multi_remove_handle(multi_, handle);
      const auto found = transfers_.find(handle);
      Results(metrics_, found->second->Finish(code)).Increment();
      transfers_.erase(found);
    }
  }

  HttpReplySender& sender_;
  Metrics& metrics_;
  const std::string url_;
  TriedTokens tried_tokens_;
  CURLM* multi_ = nullptr;
  std::unique_ptr<curl_slist, FreeHeaders> headers_;
  std::unordered_map<CURL*, std::unique_ptr<ReplyTransfer>> transfers_;
};

HttpReplySender::HttpReplySender(HttpReplySenderOptions options, Metrics& metrics)
    : options_(std::move(options)),
      dropped_(Results(metrics, "dropped")),
      queue_depth_(metrics.Gauge("oshirase_reply_queue_depth", "Replies waiting to be sent.")),
      loop_(std::make_unique<Loop>(*this, metrics)) {
  thread_ = std::thread([this] { loop_->Run(); });
}

HttpReplySender::~HttpReplySender() { Shutdown(absl::ZeroDuration()); }

void HttpReplySender::Send(Reply reply) {
  {
    const absl::MutexLock lock(&mutex_);
    if (stopping_ || queue_.size() >= options_.max_queue) {
      dropped_.Increment();
      return;
    }
    queue_.push_back({std::move(reply), absl::Now()});
    queue_depth_.Set(static_cast<double>(queue_.size()));
  }
  loop_->Wake();
}

void HttpReplySender::Shutdown(absl::Duration grace) {
  {
    const absl::MutexLock lock(&mutex_);
    if (!stopping_) stop_by_ = absl::Now() + grace;
    stopping_ = true;
  }
  loop_->Wake();
  if (thread_.joinable()) thread_.join();
}

}  // namespace oshirase::gateway
