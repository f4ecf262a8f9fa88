// One attempt at one mail: opens it, puts it into words, makes its documents and hands it over.
#pragma once

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/registry/domain/attachment_source.h"
#include "services/registry/domain/letter_sealer.h"
#include "services/registry/domain/mail_observer.h"
#include "services/registry/domain/mail_outbox.h"
#include "services/registry/domain/mail_texts.h"
#include "services/registry/domain/mailer.h"

namespace oshirase::registry {

// How long to wait after the `attempts`th attempt: doubling from 10 s to 15 minutes, or to a tenth
// of the mail's life when that is shorter (a link that lives half an hour is tried every 3
// minutes), less up to half of it by chance: `random` is from [0, 1).
absl::Duration MailBackoff(int attempts, absl::Duration life, double random);

// Thread-safe.
class MailSender {
 public:
  struct Parts {
    const LetterSealer& sealer;
    const MailTexts& texts;
    AttachmentSource& documents;
    Mailer& mailer;
    MailObserver& observer;
    Clock clock;
    std::function<double()> random;  // from [0, 1); thread-safe
  };

  // The parts must outlive it.
  explicit MailSender(Parts parts) : parts_(std::move(parts)) {}

  // What an attempt shows of the mail server.
  enum class Server {
    kUsable,
    kInTrouble,
    kNotAsked,
  };

  struct Attempt {
    MailEnd end;  // to be noted in the outbox
    Server server = Server::kNotAsked;
  };

  // Sends a claimed mail once, unless its time is over, and tells the observer. Whatever goes wrong
  // is an outcome.
  Attempt Send(const ClaimedMail& claimed);

 private:
  absl::StatusOr<Mail> Write(const OutboxMail& mail);
  MailEnd EndOf(const ClaimedMail& claimed, const absl::Status& status);

  Parts parts_;
};

}  // namespace oshirase::registry
