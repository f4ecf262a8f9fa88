// Reference: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis (the __Host-
// prefix)
#include "services/gateway/session/sessions.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/crypto/keyed_hash.h"
#include "common/status/macros.h"
#include "services/gateway/forms/own_form.h"
#include "services/gateway/http/origin.h"

namespace oshirase::gateway {
namespace {

constexpr size_t kTokenLength = 43;
constexpr char kCsrfPurpose[] = "oshirase csrf 1";

// In the same time wherever they differ.
bool AreEqual(const std::string& a, const std::string& b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

bool IsToken(std::string_view text) {
  return text.size() == kTokenLength && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
         });
}

Sessions::Sessions(std::string public_url, const crypto::SecretKey& form_key)
    : public_url_(std::move(public_url)),
      secure_(absl::StartsWith(public_url_, "https://")),
      name_(secure_ ? "__Host-oshirase-session" : "oshirase-session"),
      key_(crypto::DeriveKey(form_key, kCsrfPurpose)) {}

std::optional<Credential> Sessions::Of(const HttpRequest& request) const {
  const std::string_view header = request.Header("Cookie");
  for (absl::string_view pair :
       absl::StrSplit(absl::string_view(header.data(), header.size()), ';')) {
    pair = absl::StripAsciiWhitespace(pair);
    if (!absl::ConsumePrefix(&pair, name_) || !absl::ConsumePrefix(&pair, "=")) continue;
    if (IsToken({pair.data(), pair.size()})) {
      return Credential{Credential::Kind::kSession, std::string(pair)};
    }
  }
  return std::nullopt;
}

std::string Sessions::CsrfToken(const Credential& session) const {
  const crypto::Hash hash = crypto::KeyedHash(key_, kCsrfPurpose, session.secret);
  return absl::WebSafeBase64Escape(
      absl::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()));
}

absl::StatusOr<FormBody> Sessions::ReadForm(const HttpRequest& request,
                                            const Credential& session) const {
  ASSIGN_OR_RETURN(FormBody body, ReadOwnForm(request, public_url_));
  if (!AreEqual(FieldOf(body, "csrf"), CsrfToken(session))) {
    return absl::PermissionDeniedError("the form is not of this session");
  }
  return body;
}

absl::StatusOr<FileForm> Sessions::ReadFileForm(const HttpRequest& request,
                                                const Credential& session) const {
  if (!IsFromOurPages(request, public_url_)) {
    return absl::PermissionDeniedError("the form is of another site");
  }
  ASSIGN_OR_RETURN(FileForm form, ParseFileForm(request));
  if (!AreEqual(FieldOf(form.fields, "csrf"), CsrfToken(session))) {
    return absl::PermissionDeniedError("the form is not of this session");
  }
  return form;
}

std::string Sessions::Cookie(const std::string& value, int64_t max_age) const {
  return absl::StrCat(name_, "=", value, "; Path=/; Max-Age=", max_age, "; HttpOnly; SameSite=Lax",
                      secure_ ? "; Secure" : "");
}

void Sessions::Begin(const std::string& token, absl::Duration lifetime,
                     HttpResponse& response) const {
  const int64_t seconds = std::max<int64_t>(absl::ToInt64Seconds(lifetime), 0);
  response.headers.emplace_back("Set-Cookie", Cookie(token, seconds));
}

void Sessions::End(HttpResponse& response) const {
  response.headers.emplace_back("Set-Cookie", Cookie("", 0));
}

}  // namespace oshirase::gateway
