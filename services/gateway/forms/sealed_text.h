// Text that goes out to a browser and comes back: nobody can read it on the way, change it, make
// one up, or use it for another purpose or after its time. It keeps the server without sessions.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/secret.h"
#include "common/time/clock.h"

namespace oshirase::gateway {

// Thread-safe.
class SealedText {
 public:
  // `purpose` separates this use from every other of the same `form_key`.
  SealedText(const crypto::SecretKey& form_key, std::string_view purpose, absl::Duration lifetime,
             Clock clock);

  // A text that fits a URL and a form field unescaped.
  std::string Seal(const std::string& text) const;

  // Opens what Seal() made. Returns INVALID_ARGUMENT when it is not ours, DEADLINE_EXCEEDED when
  // its time is over.
  absl::StatusOr<std::string> Open(std::string_view sealed) const;

 private:
  const crypto::SecretKey key_;
  const std::string purpose_;
  const absl::Duration lifetime_;
  const Clock clock_;
};

}  // namespace oshirase::gateway
