// The sessions of businesses as a browser carries them: a cookie that names the session, and the
// token in every form that proves the form was ours. The registry keeps the sessions themselves,
// and checks the cookie's token at every call.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/secret.h"
#include "services/gateway/backends/business_client.h"
#include "services/gateway/forms/file_form.h"
#include "services/gateway/forms/form_body.h"
#include "services/gateway/http/message.h"

namespace oshirase::gateway {

// Thread-safe.
class Sessions {
 public:
  // `public_url` is https, or http on loopback, where browsers refuse the cookie's prefix.
  // `form_key` is the same in every gateway.
  Sessions(std::string public_url, const crypto::SecretKey& form_key);

  // The credential in the cookie of `request`, which may have ended; nothing without one.
  std::optional<Credential> Of(const HttpRequest& request) const;

  // What a form of this session carries in its field "csrf".
  std::string CsrfToken(const Credential& session) const;

  // The fields of a form that a page of ours sent for `session`. Returns PERMISSION_DENIED for a
  // form of another site or session, INVALID_ARGUMENT as ParseFormBody() does.
  absl::StatusOr<FormBody> ReadForm(const HttpRequest& request, const Credential& session) const;

  // The same of a form that carries files.
  absl::StatusOr<FileForm> ReadFileForm(const HttpRequest& request,
                                        const Credential& session) const;

  // Adds the cookie of a session that lasts for `lifetime` to `response`.
  void Begin(const std::string& token, absl::Duration lifetime, HttpResponse& response) const;
  // Takes the cookie away again.
  void End(HttpResponse& response) const;

 private:
  std::string Cookie(const std::string& value, int64_t max_age) const;

  const std::string public_url_;
  const bool secure_;
  const std::string name_;
  const crypto::SecretKey key_;
};

// Whether `text` can be the token of a session or of a mailed link: 43 characters of base64url.
bool IsToken(std::string_view text);

}  // namespace oshirase::gateway
