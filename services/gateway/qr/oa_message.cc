// Reference: https://developers.line.biz/en/docs/messaging-api/using-line-url-scheme/
#include "services/gateway/qr/oa_message.h"

#include "absl/strings/str_cat.h"
#include "services/gateway/http/url.h"

namespace oshirase::gateway {

std::string OaMessageUrl(const std::string& basic_id, const ids::VenueCode& code) {
  return absl::StrCat("https://line.me/R/oaMessage/", PercentEncode(basic_id), "/?",
                      PercentEncode(absl::StrCat("来店 ", ids::FormatVenueCode(code))));
}

}  // namespace oshirase::gateway
