// A registration between its check page and its sending: the form, and the request id that makes
// sending it twice harmless.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/gateway/forms/register_form.h"
#include "services/gateway/forms/sealed_text.h"

namespace oshirase::gateway {

struct RegisterDraft {
  std::string request_id;
  RegisterForm form;
};

// The hidden field of the check page.
std::string SealDraft(const SealedText& seal, const RegisterDraft& draft);

// Returns INVALID_ARGUMENT or DEADLINE_EXCEEDED as SealedText::Open() does.
absl::StatusOr<RegisterDraft> OpenDraft(const SealedText& seal, std::string_view sealed);

// What the page after a registration shows, as the token in its address.
std::string SealRegistered(const SealedText& seal, const RegisteredVenue& venue);
absl::StatusOr<RegisteredVenue> OpenRegistered(const SealedText& seal, std::string_view sealed);

}  // namespace oshirase::gateway
