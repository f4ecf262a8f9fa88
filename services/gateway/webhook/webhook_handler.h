// POST /line/webhook: verify, parse, hand every event to what it is for, and answer 200 only when
// each was durably handled or knowingly ignored.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "common/metrics/metrics.h"
#include "services/gateway/backends/notifier_client.h"
#include "services/gateway/http/message.h"
#include "services/gateway/line/reply_sender.h"
#include "services/gateway/webhook/check_in.h"
#include "services/gateway/webhook/event.h"
#include "services/gateway/webhook/signature.h"

namespace oshirase::gateway {

// LINE gives up after 2 s; everything is decided by then, with room for the way.
inline constexpr absl::Duration kWebhookTimeout = absl::Milliseconds(1400);
inline constexpr size_t kMaxWebhookBytes = 1024 * 1024;

// Thread-safe.
class WebhookHandler {
 public:
  struct Parts {
    const SignatureVerifier& signatures;
    const CheckIn& check_in;
    NotifierClient& notifier;
    ReplySender& replies;
    const ReplyTexts& texts;
    Metrics& metrics;
    Clock clock;
  };

  // The parts must outlive this. Bodies for another bot than `bot_user_id` are ignored.
  WebhookHandler(Parts parts, std::string bot_user_id)
      : parts_(std::move(parts)), bot_user_id_(std::move(bot_user_id)) {}
  // Waits for events that were not done when their webhook's time was up.
  ~WebhookHandler();
  WebhookHandler(const WebhookHandler&) = delete;
  WebhookHandler& operator=(const WebhookHandler&) = delete;

  // 200; 401 bad or missing signature; 400 signed but no webhook; 503 when an event failed for a
  // passing reason or took longer than kWebhookTimeout: the others are stored, and found again by
  // their ids when LINE delivers the body again.
  HttpResponse Handle(const HttpRequest& request);

 private:
  struct Progress;

  // Starts all events and returns how many have failed, or are not done, when time is up.
  size_t HandleAll(std::vector<Event> events, const CallContext& call);
  void StartAll(const std::shared_ptr<Progress>& progress);
  void Dispatch(std::shared_ptr<const Event> event, const CallContext& call, CheckIn::Done done);
  void ChangeFollowing(const Event& event, const CallContext& call, CheckIn::Done done);
  void Finish(const Event& event, const CallContext& call, const absl::StatusOr<Handled>& handled);
  void Count(const std::string& result);

  const Parts parts_;
  const std::string bot_user_id_;
  absl::Mutex mutex_;
  size_t open_events_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, prometheus::Counter*> counters_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace oshirase::gateway
