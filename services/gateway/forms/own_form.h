// A form as one of our own pages sent it.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/gateway/forms/form_body.h"
#include "services/gateway/http/message.h"

namespace oshirase::gateway {

// The fields of the form in `request`. Returns PERMISSION_DENIED when another site sent it, and
// INVALID_ARGUMENT as ParseFormBody() does.
absl::StatusOr<FormBody> ReadOwnForm(const HttpRequest& request, const std::string& public_url);

}  // namespace oshirase::gateway
