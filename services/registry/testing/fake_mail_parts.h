// What sending a mail needs around the outbox, in memory: a mail server that can be told to refuse,
// documents, words and counters. They show nothing of SMTP, of PDF or of the templates.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/registry/domain/attachment_source.h"
#include "services/registry/domain/mail_observer.h"
#include "services/registry/domain/mail_texts.h"
#include "services/registry/domain/mailer.h"

namespace oshirase::registry {

// Thread-safe.
class FakeMailer final : public Mailer {
 public:
  // The next mail is answered with `status`. Several queue up.
  void FailNext(absl::Status status);
  // Called with each mail before it is answered, outside any lock.
  void OnSend(std::function<void(const Mail&)> hook);

  // What was taken, as (mail id, mail).
  std::vector<std::pair<std::string, Mail>> taken() const;
  int calls() const;
  bool abandoned() const;

  absl::Status Send(const Mail& mail, const std::string& mail_id) override;
  void Abandon() override;

 private:
  mutable absl::Mutex mu_;
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mu_);
  std::function<void(const Mail&)> hook_ ABSL_GUARDED_BY(mu_);
  std::vector<std::pair<std::string, Mail>> taken_ ABSL_GUARDED_BY(mu_);
  int calls_ ABSL_GUARDED_BY(mu_) = 0;
  bool abandoned_ ABSL_GUARDED_BY(mu_) = false;
};

// Every document is "<document> <number> v<version>". Not thread-safe.
class FakeAttachmentSource final : public AttachmentSource {
 public:
  void FailNext(absl::Status status) { failures_.push_back(std::move(status)); }
  absl::StatusOr<Attachment> Load(const DocumentRef& ref) override;

 private:
  std::deque<absl::Status> failures_;
};

// The subject is the kind, the text all values. Not thread-safe while being told to fail.
class FakeMailTexts final : public MailTexts {
 public:
  void FailNext(absl::Status status) { failures_.push_back(std::move(status)); }
  absl::StatusOr<Mail> Write(const Letter& letter) const override;

 private:
  mutable std::deque<absl::Status> failures_;
};

// Remembers what it is told. Thread-safe.
class FakeMailObserver final : public MailObserver {
 public:
  struct Seen {
    std::vector<std::string> reasons;  // of each attempt, "" for sent
    std::vector<bool> server;
    int measured = 0;
    MailFigures figures;  // the last
  };
  Seen seen() const;

  void OnAttempt(MailKind kind, MailEnd::Outcome outcome, const std::string& reason,
                 absl::Duration duration) override;
  void OnServer(bool usable) override;
  void OnFigures(const MailFigures& figures, absl::Time now) override;

 private:
  mutable absl::Mutex mu_;
  Seen seen_ ABSL_GUARDED_BY(mu_);
};

}  // namespace oshirase::registry
