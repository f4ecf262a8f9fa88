#include "common/client/identity.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace oshirase {
namespace {

constexpr absl::string_view kServices = "spiffe://services.oshirase/";
constexpr absl::string_view kOfficers = "spiffe://officers.oshirase/";
constexpr size_t kMaxNameBytes = 63;

bool IsName(absl::string_view text) {
  return !text.empty() && text.size() <= kMaxNameBytes &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

}  // namespace

Caller ParseIdentity(const std::vector<absl::string_view>& uris) {
  if (uris.size() != 1) return {};
  absl::string_view name = uris.front();
  Caller::Kind kind = Caller::Kind::kNone;
  if (absl::ConsumePrefix(&name, kServices)) {
    kind = Caller::Kind::kService;
  } else if (absl::ConsumePrefix(&name, kOfficers)) {
    kind = Caller::Kind::kOfficer;
  }
  if (kind == Caller::Kind::kNone || !IsName(name)) return {};
  return {kind, std::string(name)};
}

std::string ServiceUri(absl::string_view name) { return absl::StrCat(kServices, name); }

std::string OfficerUri(absl::string_view id) { return absl::StrCat(kOfficers, id); }

}  // namespace oshirase
