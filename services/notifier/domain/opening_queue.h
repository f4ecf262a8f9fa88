// Cases whose visits wait to be opened, one at a time, in a thread of its own; again and again
// while a neighbour is down.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/notifier/domain/case_opener.h"
#include "services/notifier/domain/case_store.h"

namespace oshirase::notifier {

// Thread-safe.
class OpeningQueue {
 public:
  // `on_planned` is called after each opening that succeeded. All must outlive it.
  OpeningQueue(CaseOpener& opener, CaseStore& cases, std::function<void()> on_planned);
  ~OpeningQueue();

  void Start();
  // Waits for an opening in progress. Idempotent.
  void Stop();

  // Opens this case soon; a case already waiting waits once, and one that is being opened right now
  // is not opened again for nothing. `release` spares asking the registry.
  void Add(const std::string& case_id, std::optional<Release> release);

 private:
  struct Waiting {
    std::optional<Release> release;
    absl::Time due;  // real time
    int failures = 0;
  };

  void Loop();
  void OpenOne(const std::string& case_id, Waiting waiting);
  absl::Time NextDue() const ABSL_SHARED_LOCKS_REQUIRED(mu_);

  CaseOpener& opener_;
  CaseStore& cases_;
  const std::function<void()> on_planned_;
  std::thread thread_;

  absl::Mutex mu_;
  absl::CondVar added_;  // or stopping
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::map<std::string, Waiting> waiting_ ABSL_GUARDED_BY(mu_);
  std::string opening_now_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::notifier
