// Sends what is in the outbox. Each worker claims one mail, sends it and notes what became of it;
// they wake when a mail was put in and when the next attempt is due.
//
// While the mail server is in trouble one worker at a time tries it, with pauses, and all other
// mails keep waiting untouched: a server that returns after hours gets them at once, not each after
// a backoff of its own.
#pragma once

#include <cstdint>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/registry/domain/mail_observer.h"
#include "services/registry/domain/mail_outbox.h"
#include "services/registry/domain/mail_sender.h"
#include "services/registry/domain/mailer.h"

namespace oshirase::registry {

struct MailDispatcherOptions {
  // Mails on their way at once, each over a connection of its own.
  int workers = 2;
  // Longer than one attempt can take, so that a mail comes back only from the dead.
  absl::Duration lease = absl::Minutes(5);
  // How long to sleep at most: what another process put in is found then.
  absl::Duration longest_sleep = absl::Seconds(5);
  // Between two tries of a server in trouble: doubling from the first to the second.
  absl::Duration first_pause = absl::Seconds(5);
  absl::Duration longest_pause = absl::Minutes(1);
  // How often the queue is measured.
  absl::Duration measure_every = absl::Seconds(15);
  // How long what was sent is remembered (never to whom, nor what it said).
  absl::Duration remember = absl::Hours(24 * 30);
  // How long Stop() lets mails on their way finish.
  absl::Duration stop_grace = absl::Seconds(5);
};

// Thread-safe.
class MailDispatcher {
 public:
  struct Parts {
    MailOutbox& outbox;
    MailSender& sender;
    Mailer& mailer;
    MailObserver& observer;
    Clock clock;
  };

  // The parts must outlive it.
  MailDispatcher(Parts parts, MailDispatcherOptions options);
  // Stops.
  ~MailDispatcher();

  MailDispatcher(const MailDispatcher&) = delete;
  MailDispatcher& operator=(const MailDispatcher&) = delete;

  // Starts the threads. To be called once.
  void Start();

  // A mail may have been put in; to be called after the commit. Forgetting it costs longest_sleep.
  void Wake();

  // Ends the threads. What is not sent within stop_grace is broken off, and sent again by the next
  // process. Idempotent.
  void Stop();

 private:
  void WorkLoop();
  void MeasureLoop();
  // Waits until this worker may claim: at once, or when it is its turn to try a server in trouble.
  // False when stopping.
  bool WaitForTurn();
  // Claims one mail, sends it and notes how that ended. Returns when there may be another one.
  absl::Time SendOne();
  // Notes an end, again and again while the database is away and the mail is still ours: a mail
  // that was sent must not be sent again for that.
  void Note(const MailEnd& end, absl::Time lease_end);
  void NoteServer(MailSender::Server server);
  void NoteWorking(int change);
  int64_t Wakes();
  // Sleeps until `until` by the clock, a Wake() after the `seen`th, or Stop().
  void Sleep(absl::Time until, int64_t seen);
  // Waits that long; false, at once, when stopping.
  bool Pause(absl::Duration duration);
  void Measure();

  const Parts parts_;
  const MailDispatcherOptions options_;
  std::vector<std::thread> threads_;

  absl::Mutex mu_;
  absl::CondVar changed_;  // any of the following
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  int64_t wakes_ ABSL_GUARDED_BY(mu_) = 0;
  int working_ ABSL_GUARDED_BY(mu_) = 0;
  // How long to leave a server in trouble alone; zero while it is usable.
  absl::Duration pause_ ABSL_GUARDED_BY(mu_) = absl::ZeroDuration();
  // When it may be tried, in real time; InfiniteFuture while somebody is trying it.
  absl::Time next_try_ ABSL_GUARDED_BY(mu_) = absl::InfinitePast();
};

}  // namespace oshirase::registry
