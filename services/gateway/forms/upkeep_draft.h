// A change of a venue, or a further venue, on its way through the pages of a session, as
// RegisterDraft is of a registration.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/crypto/secret.h"
#include "services/gateway/forms/register_form.h"
#include "services/gateway/forms/sealed_text.h"

namespace oshirase::gateway {

struct UpkeepDraft {
  std::string flow_id;          // Random, from the first page on.
  std::string venue_id;         // "" for a further venue.
  int revision = 0;             // Of the venue, when its details became `before`.
  std::string parent_venue_id;  // "" unless the venue is a room.
  RegisterForm before;          // What the form showed first.
  RegisterForm form;
};

std::string SealDraft(const SealedText& seal, const UpkeepDraft& draft);

// Returns INVALID_ARGUMENT or DEADLINE_EXCEEDED as SealedText::Open() does.
absl::StatusOr<UpkeepDraft> OpenUpkeepDraft(const SealedText& seal, std::string_view sealed);

// The id of the request that does what `draft` says: the same for the same draft.
std::string RequestIdOf(const crypto::SecretKey& form_key, const UpkeepDraft& draft);

// What was changed on the way, applied to what the venue has become meanwhile.
RegisterForm Merged(const UpkeepDraft& draft, const RegisterForm& now);

}  // namespace oshirase::gateway
