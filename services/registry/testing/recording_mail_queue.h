// A MailQueue that remembers what was queued. It does not know whether the transaction was
// committed, so a test of that asks the database.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/registry/store/mail_queue.h"

namespace oshirase::registry {

// Thread-safe.
class RecordingMailQueue final : public MailQueue {
 public:
  // The next mail that is queued makes the database fail.
  void BreakNext() {
    absl::MutexLock lock(&mu_);
    broken_ = true;
  }

  std::vector<OutgoingMail> mails() const {
    absl::MutexLock lock(&mu_);
    return mails_;
  }

  absl::StatusOr<std::unique_ptr<PreparedMail>> Prepare(const OutgoingMail& mail) const override {
    return std::make_unique<Recorded>(*this, mail);
  }

  void Wake() const override {}

 private:
  class Recorded final : public PreparedMail {
   public:
    Recorded(const RecordingMailQueue& queue, OutgoingMail mail)
        : queue_(queue), mail_(std::move(mail)) {}
    void Enqueue(pqxx::work& tx) const override {
      absl::MutexLock lock(&queue_.mu_);
      if (std::exchange(queue_.broken_, false)) tx.exec("SELECT 1 / 0");
      queue_.mails_.push_back(mail_);
    }

   private:
    const RecordingMailQueue& queue_;
    const OutgoingMail mail_;
  };

  mutable absl::Mutex mu_;
  mutable bool broken_ ABSL_GUARDED_BY(mu_) = false;
  mutable std::vector<OutgoingMail> mails_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::registry
