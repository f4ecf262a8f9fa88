#include "services/gateway/forms/own_form.h"

#include "services/gateway/http/origin.h"

namespace oshirase::gateway {

absl::StatusOr<FormBody> ReadOwnForm(const HttpRequest& request, const std::string& public_url) {
  if (!IsFromOurPages(request, public_url)) {
    return absl::PermissionDeniedError("the form is of another site");
  }
  return ParseFormBody(request.body);
}

}  // namespace oshirase::gateway
