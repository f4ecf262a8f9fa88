// A registration on its way through the pages: what was answered so far, sealed into a hidden
// field, so that neither the gateway nor a cookie has to remember it.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/secret.h"
#include "services/gateway/forms/register_form.h"
#include "services/gateway/forms/sealed_text.h"

namespace oshirase::gateway {

struct RegisterDraft {
  std::string flow_id;  // Random, from the first page on.
  RegisterForm form;
};

std::string SealDraft(const SealedText& seal, const RegisterDraft& draft);

// Returns INVALID_ARGUMENT or DEADLINE_EXCEEDED as SealedText::Open() does.
absl::StatusOr<RegisterDraft> OpenDraft(const SealedText& seal, std::string_view sealed);

// The id under which the registry keeps this registration, a UUID: the same for the same answers,
// so that sending twice, from two tabs or after a reload, registers once; another after any change.
std::string RequestIdOf(const crypto::SecretKey& form_key, const RegisterDraft& draft);

// What the page after sending shows.
struct SentMail {
  std::string email;
  absl::Time expire_time;  // Of the mailed link.
  std::string receipt_number;
};

// As the token in its address, which shows nothing of it.
std::string SealSentMail(const SealedText& seal, const SentMail& mail);
absl::StatusOr<SentMail> OpenSentMail(const SealedText& seal, std::string_view sealed);

}  // namespace oshirase::gateway
