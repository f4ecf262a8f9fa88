#include "services/gateway/webhook/webhook_handler.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"

namespace oshirase::gateway {
namespace {

// A change dated further ahead than this would win over every later one.
constexpr absl::Duration kMaxAhead = absl::Minutes(5);

HttpResponse Empty(int status) { return PlainText(status, status == 200 ? "OK" : "error"); }

}  // namespace

// The events of one body, and how far they are. Shared, because answers may still come when time
// was up.
struct WebhookHandler::Progress {
  Progress(std::vector<Event> all, CallContext context)
      : events(std::move(all)), call(std::move(context)), open(events.size()) {}

  const std::vector<Event> events;
  const CallContext call;
  absl::Mutex mutex;
  size_t open ABSL_GUARDED_BY(mutex);
  size_t failed ABSL_GUARDED_BY(mutex) = 0;
};

WebhookHandler::~WebhookHandler() {
  const absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(
      +[](size_t* open) { return *open == 0; }, &open_events_));
}

HttpResponse WebhookHandler::Handle(const HttpRequest& request) {
  const absl::Time start = absl::Now();
  CallContext call;
  call.deadline = start + kWebhookTimeout;
  call.request_id = {RequestId::Kind::kVisit, request.request_id};

  const auto end = [&](int status, size_t events, size_t failed) {
    Log(status == 200 ? LogLevel::kInfo : LogLevel::kWarning, "webhook",
        {{"method", "POST"},
         {"route", "line_webhook"},
         {"status", status},
         {"events", events},
         {"failed", failed},
         {"duration_ms", absl::Now() - start},
         {"request_id", request.request_id}});
    return Empty(status);
  };

  if (!parts_.signatures.IsValid(request.body, request.Header("x-line-signature"))) {
    Count("bad_signature");
    return end(401, 0, 0);
  }
  auto webhook = ParseWebhook(request.body);
  if (!webhook.ok()) {
    Count("not_a_webhook");
    return end(400, 0, 0);
  }
  if (!webhook->destination.empty() && webhook->destination != bot_user_id_) {
    Count("other_destination");
    return end(200, webhook->events.size(), 0);
  }
  const size_t events = webhook->events.size();
  const size_t failed = HandleAll(std::move(webhook->events), call);
  return end(failed == 0 ? 200 : 503, events, failed);
}

size_t WebhookHandler::HandleAll(std::vector<Event> events, const CallContext& call) {
  if (events.empty()) return 0;
  const auto progress = std::make_shared<Progress>(std::move(events), call);
  {
    const absl::MutexLock lock(&mutex_);
    open_events_ += progress->events.size();
  }
  StartAll(progress);
  const absl::MutexLock lock(&progress->mutex);
  progress->mutex.AwaitWithDeadline(absl::Condition(
                                        +[](size_t* open) { return *open == 0; }, &progress->open),
                                    call.deadline);
  return progress->failed + progress->open;
}

void WebhookHandler::StartAll(const std::shared_ptr<Progress>& progress) {
  const auto together = parts_.check_in.Gather();
  for (const Event& one : progress->events) {
    const std::shared_ptr<const Event> event(progress, &one);
    Dispatch(event, progress->call, [this, event, progress](absl::StatusOr<Handled> handled) {
      Finish(*event, progress->call, handled);
      {
        const absl::MutexLock lock(&progress->mutex);
        --progress->open;
        if (!handled.ok()) ++progress->failed;
      }
      const absl::MutexLock lock(&mutex_);
      --open_events_;
    });
  }
}

void WebhookHandler::Dispatch(std::shared_ptr<const Event> event, const CallContext& call,
                              CheckIn::Done done) {
  switch (event->kind) {
    case Event::Kind::kText:
      parts_.check_in.Handle(std::move(event), call, std::move(done));
      return;
    case Event::Kind::kFollow:
    case Event::Kind::kUnfollow:
      ChangeFollowing(*event, call, std::move(done));
      return;
    case Event::Kind::kIgnored:
      done(Handled{event->reason, ""});
      return;
  }
}

void WebhookHandler::ChangeFollowing(const Event& event, const CallContext& call,
                                     CheckIn::Done done) {
  if (event.time <= absl::UnixEpoch() || event.time > parts_.clock() + kMaxAhead) {
    done(Handled{"follow_time", ""});
    return;
  }
  const bool following = event.kind == Event::Kind::kFollow;
  parts_.notifier.RecordFollowChange(
      {.user_id = event.user_id, .time = event.time, .following = following}, call,
      [this, following, done = std::move(done)](const absl::Status& status) {
        if (!status.ok()) {
          done(status);
        } else {
          done(following ? Handled{"followed", parts_.texts.Welcome()} : Handled{"unfollowed", ""});
        }
      });
}

void WebhookHandler::Finish(const Event& event, const CallContext& call,
                            const absl::StatusOr<Handled>& handled) {
  Count(handled.ok() ? handled->result : "failed");
  if (!handled.ok()) {
    LogWarning("event failed", {{"code", absl::StatusCodeToString(handled.status().code())},
                                {"request_id", call.request_id.value}});
    return;
  }
  if (!handled->reply.empty() && !event.reply_token.empty()) {
    parts_.replies.Send({event.reply_token, handled->reply, call.request_id.value});
  }
}

void WebhookHandler::Count(const std::string& result) {
  const absl::MutexLock lock(&mutex_);
  prometheus::Counter*& counter = counters_[result];
  if (counter == nullptr) {
    counter = &parts_.metrics.Counter("oshirase_webhook_events_total",
                                      "Webhook events, and bodies refused, by what became of them.",
                                      {{"result", result}});
  }
  counter->Increment();
}

}  // namespace oshirase::gateway
