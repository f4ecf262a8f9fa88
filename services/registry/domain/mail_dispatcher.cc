#include "services/registry/domain/mail_dispatcher.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/errors.h"

namespace oshirase::registry {
namespace {

constexpr absl::Duration kForgetEvery = absl::Hours(1);
constexpr absl::Duration kNoteAgain = absl::Seconds(1);

void LogFailure(absl::string_view what, const absl::Status& status) {
  LogWarning(what,
             {{"code", absl::StatusCodeToString(status.code())}, {"reason", ReasonOf(status)}});
}

}  // namespace

MailDispatcher::MailDispatcher(Parts parts, MailDispatcherOptions options)
    : parts_(std::move(parts)), options_(options) {}

MailDispatcher::~MailDispatcher() { Stop(); }

void MailDispatcher::Start() {
  for (int i = 0; i < options_.workers; ++i) threads_.emplace_back([this] { WorkLoop(); });
  threads_.emplace_back([this] { MeasureLoop(); });
}

void MailDispatcher::Wake() {
  absl::MutexLock lock(&mu_);
  ++wakes_;
  changed_.SignalAll();
}

void MailDispatcher::Stop() {
  {
    absl::MutexLock lock(&mu_);
    stopping_ = true;
    changed_.SignalAll();
    const absl::Time end = absl::Now() + options_.stop_grace;
    while (working_ > 0 && !changed_.WaitWithDeadline(&mu_, end)) continue;
  }
  parts_.mailer.Abandon();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void MailDispatcher::WorkLoop() {
  while (WaitForTurn()) {
    const int64_t seen = Wakes();
    Sleep(SendOne(), seen);
  }
}

bool MailDispatcher::WaitForTurn() {
  absl::MutexLock lock(&mu_);
  while (!stopping_ && pause_ > absl::ZeroDuration() && absl::Now() < next_try_)
    changed_.WaitWithDeadline(&mu_, next_try_);
  if (pause_ > absl::ZeroDuration()) next_try_ = absl::InfiniteFuture();
  return !stopping_;
}

absl::Time MailDispatcher::SendOne() {
  NoteWorking(+1);
  const absl::Time now = parts_.clock();
  const auto claimed = parts_.outbox.Claim({.now = now, .lease = options_.lease, .limit = 1});
  auto server = MailSender::Server::kNotAsked;
  absl::Time next = absl::InfinitePast();
  if (!claimed.ok()) {
    LogFailure("mails cannot be claimed", claimed.status());
    next = absl::InfiniteFuture();
  } else if (claimed->empty()) {
    const auto due = parts_.outbox.NextClaimTime();
    next = due.ok() && due->has_value() ? **due : absl::InfiniteFuture();
  } else {
    const auto attempt = parts_.sender.Send(claimed->front());
    server = attempt.server;
    Note(attempt.end, now + options_.lease);
  }
  NoteServer(server);
  NoteWorking(-1);
  return next;
}

void MailDispatcher::Note(const MailEnd& end, absl::Time lease_end) {
  absl::Status status = parts_.outbox.End(end);
  while (absl::IsUnavailable(status) && parts_.clock() < lease_end && Pause(kNoteAgain))
    status = parts_.outbox.End(end);
  if (!status.ok()) LogFailure("mail left to its lease", status);
}

void MailDispatcher::NoteServer(MailSender::Server server) {
  using Server = MailSender::Server;
  bool was_usable = true;
  {
    absl::MutexLock lock(&mu_);
    was_usable = pause_ == absl::ZeroDuration();
    if (server == Server::kUsable) {
      pause_ = absl::ZeroDuration();
    } else if (server == Server::kInTrouble) {
      pause_ = was_usable ? options_.first_pause : std::min(pause_ * 2, options_.longest_pause);
      next_try_ = absl::Now() + pause_;
    } else if (next_try_ == absl::InfiniteFuture()) {
      next_try_ = absl::Now();  // nobody is trying it any more
    }
    changed_.SignalAll();
  }
  if (server == Server::kNotAsked) return;
  const bool usable = server == Server::kUsable;
  parts_.observer.OnServer(usable);
  if (usable && !was_usable) LogInfo("mail server usable again");
  if (!usable && was_usable) LogWarning("mail server in trouble");
}

void MailDispatcher::NoteWorking(int change) {
  absl::MutexLock lock(&mu_);
  working_ += change;
  changed_.SignalAll();
}

int64_t MailDispatcher::Wakes() {
  absl::MutexLock lock(&mu_);
  return wakes_;
}

void MailDispatcher::Sleep(absl::Time until, int64_t seen) {
  const absl::Duration sleep =
      std::clamp(until - parts_.clock(), absl::ZeroDuration(), options_.longest_sleep);
  const absl::Time end = absl::Now() + sleep;
  absl::MutexLock lock(&mu_);
  while (!stopping_ && wakes_ == seen && absl::Now() < end) changed_.WaitWithDeadline(&mu_, end);
}

bool MailDispatcher::Pause(absl::Duration duration) {
  const absl::Time end = absl::Now() + duration;
  absl::MutexLock lock(&mu_);
  while (!stopping_ && absl::Now() < end) changed_.WaitWithDeadline(&mu_, end);
  return !stopping_;
}

void MailDispatcher::MeasureLoop() {
  absl::Time next_forget = absl::InfinitePast();
  do {
    Measure();
    if (absl::Now() < next_forget) continue;
    const auto forgotten = parts_.outbox.ForgetSettled(parts_.clock() - options_.remember);
    if (forgotten.ok())
      next_forget = absl::Now() + kForgetEvery;
    else
      LogFailure("settled mails not forgotten", forgotten.status());
  } while (Pause(options_.measure_every));
}

void MailDispatcher::Measure() {
  const auto figures = parts_.outbox.Figures();
  // A database that does not answer leaves the last figures.
  if (figures.ok()) parts_.observer.OnFigures(*figures, parts_.clock());
}

}  // namespace oshirase::registry
