// Cookies do not know ports, so the cookie's name carries ours: consoles of two officers on one
// machine do not put each other out. SameSite does not know ports either, which is why
// Sec-Fetch-Site is looked at as well.
#include "tools/authority/console/guard.h"

#include <sodium.h>

#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace oshirase::authority::console {
namespace {

constexpr size_t kSecretBytes = 32;
constexpr char kOpenFromTerminal[] =
    "この画面は、oshirase-authority console が表示したアドレスから開いてください。";

std::string RandomText() {
  std::array<unsigned char, kSecretBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string text(
      sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();  // The terminating zero.
  return text;
}

bool SameSecret(const std::string& given, const std::string& ours) {
  return given.size() == ours.size() && sodium_memcmp(given.data(), ours.data(), ours.size()) == 0;
}

std::string PortOf(const std::string& authority) {
  return authority.substr(authority.rfind(':') + 1);
}

}  // namespace

Guard::Guard(std::string authority)
    : authority_(std::move(authority)),
      token_(RandomText()),
      cookie_name_(absl::StrCat("oshirase-console-", PortOf(authority_))),
      cookie_value_(RandomText()) {}

std::optional<Refusal> Guard::Refuse(const Arrival& arrival) const {
  // A name that was made to point here (DNS rebinding) is not ours.
  if (arrival.host != authority_) {
    return Refusal{421, "HOST_NOT_OURS", kOpenFromTerminal};
  }
  if (arrival.method != "GET" && arrival.method != "POST") {
    return Refusal{405, "METHOD_NOT_ALLOWED", "この操作はできません。"};
  }
  if (IsEntrance(arrival)) return std::nullopt;
  if (!arrival.fetch_site.empty() && arrival.fetch_site != "same-origin" &&
      arrival.fetch_site != "none") {
    return Refusal{403, "CROSS_SITE", "ほかのページからは操作できません。"};
  }
  if (!HasCookie(arrival.cookie)) {
    return Refusal{401, "NOT_OPENED_WITH_TOKEN", kOpenFromTerminal};
  }
  if (arrival.method == "POST") return RefuseChange(arrival);
  return std::nullopt;
}

std::optional<Refusal> Guard::RefuseChange(const Arrival& arrival) const {
  if (arrival.origin != absl::StrCat("http://", authority_)) {
    return Refusal{403, "CROSS_ORIGIN", "ほかのページからは操作できません。"};
  }
  // The library reads such bodies past its limit.
  if (!arrival.transfer_encoding.empty() || arrival.content_length.empty()) {
    return Refusal{411, "LENGTH_REQUIRED", "長さの分からない送信は受け取れません。"};
  }
  if (!arrival.content_encoding.empty() ||
      !absl::StartsWith(arrival.content_type, "application/json")) {
    return Refusal{415, "NOT_JSON", "JSONでない送信は受け取れません。"};
  }
  return std::nullopt;
}

bool Guard::IsEntrance(const Arrival& arrival) const {
  return arrival.method == "GET" && arrival.path == "/" && arrival.host == authority_ &&
         SameSecret(arrival.token, token_);
}

std::string Guard::SetCookie() const {
  return absl::StrCat(cookie_name_, "=", cookie_value_, "; Path=/; HttpOnly; SameSite=Strict");
}

bool Guard::HasCookie(const std::string& cookies) const {
  const auto ours = absl::StrCat(cookie_name_, "=");
  bool found = false;
  for (absl::string_view pair : absl::StrSplit(cookies, ';')) {
    pair = absl::StripAsciiWhitespace(pair);
    if (!absl::StartsWith(pair, ours)) continue;
    found = SameSecret(std::string(pair.substr(ours.size())), cookie_value_) || found;
  }
  return found;
}

}  // namespace oshirase::authority::console
