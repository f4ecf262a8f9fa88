// Reference: https://developers.line.biz/en/docs/messaging-api/using-line-url-scheme/
#include "common/ids/oa_message.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace oshirase::ids {
namespace {

std::string PercentEncode(absl::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || c == '-' || c == '.' || c == '_' || c == '~') {
      result.push_back(c);
    } else {
      static constexpr char kHex[] = "0123456789ABCDEF";
      result.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
  return result;
}

}  // namespace

std::string OaMessageUrl(const std::string& basic_id, const VenueCode& code) {
  return absl::StrCat("https://line.me/R/oaMessage/", PercentEncode(basic_id), "/?",
                      PercentEncode(absl::StrCat("来店 ", FormatVenueCode(code))));
}

}  // namespace oshirase::ids
