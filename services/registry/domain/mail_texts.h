// Puts letters into words. Implemented by MustacheMailTexts, and by a fake for tests.
#pragma once

#include "absl/status/statusor.h"
#include "services/registry/domain/letter.h"
#include "services/registry/domain/mail.h"

namespace oshirase::registry {

// Thread-safe.
class MailTexts {
 public:
  virtual ~MailTexts() = default;

  // The mail, without attachments. Returns as CheckLetter does, for a letter of a version that had
  // other values.
  virtual absl::StatusOr<Mail> Write(const Letter& letter) const = 0;
};

}  // namespace oshirase::registry
