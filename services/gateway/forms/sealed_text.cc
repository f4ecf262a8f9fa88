#include "services/gateway/forms/sealed_text.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/secret_box.h"

namespace oshirase::gateway {

SealedText::SealedText(const crypto::SecretKey& form_key, std::string_view purpose,
                       absl::Duration lifetime, Clock clock)
    : key_(crypto::DeriveKey(form_key, purpose)),
      purpose_(purpose),
      lifetime_(lifetime),
      clock_(std::move(clock)) {}

std::string SealedText::Seal(const std::string& text) const {
  const int64_t end = absl::ToUnixSeconds(clock_() + lifetime_);
  const std::string sealed = crypto::SealWithKey(key_, purpose_, absl::StrCat(end, " ", text));
  return absl::WebSafeBase64Escape(sealed);
}

absl::StatusOr<std::string> SealedText::Open(std::string_view sealed) const {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape({sealed.data(), sealed.size()}, &bytes)) {
    return absl::InvalidArgumentError("the token is not Base64");
  }
  const auto opened = crypto::OpenWithKey(key_, purpose_, bytes);
  if (!opened.ok()) return absl::InvalidArgumentError("the token is not ours");
  const size_t space = opened->find(' ');
  int64_t end = 0;
  if (space == std::string::npos || !absl::SimpleAtoi(opened->substr(0, space), &end)) {
    return absl::InvalidArgumentError("the token is not ours");
  }
  if (clock_() >= absl::FromUnixSeconds(end)) {
    return absl::DeadlineExceededError("the token's time is over");
  }
  return opened->substr(space + 1);
}

}  // namespace oshirase::gateway
