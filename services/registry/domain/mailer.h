// The way out to the mail server. Implemented by SmtpMailer, and by a fake for tests.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "services/registry/domain/mail.h"

namespace oshirase::registry {

// Thread-safe.
class Mailer {
 public:
  virtual ~Mailer() = default;

  // Hands `mail` to the mail server, under a Message-ID made of `mail_id` (a UUID): the same mail
  // sent again is known by it. OK means that the server has taken the responsibility for it, not
  // that anybody has read it.
  //
  // Returns INVALID_ARGUMENT as CheckMail does, having sent nothing; FAILED_PRECONDITION, reason
  // MAIL_REFUSED, when the server will never take this mail; UNAVAILABLE when trying again later
  // may help: MAIL_DEFERRED is about this mail, MAIL_SERVER_UNREACHABLE and MAIL_SERVER_REFUSES_US
  // are about every mail. After MAIL_SERVER_UNREACHABLE the server may have taken it nevertheless.
  virtual absl::Status Send(const Mail& mail, const std::string& mail_id) = 0;

  // Ends what is being sent, within about a second, with MAIL_SERVER_UNREACHABLE, and whatever
  // comes later at once: for a process that has to stop.
  virtual void Abandon() = 0;
};

}  // namespace oshirase::registry
