#include "common/ids/line_user_id.h"

#include "common/ids/hex.h"
#include "common/status/errors.h"

namespace oshirase::ids {

absl::StatusOr<LineUserId> ParseLineUserId(std::string_view text) {
  LineUserId id;
  if (text.empty() || text.front() != 'U' || !ReadHex(text.substr(1), id.bytes)) {
    return ReasonedError(absl::StatusCode::kInvalidArgument, "INVALID_LINE_USER_ID",
                         "not a LINE user id");
  }
  return id;
}

std::string FormatLineUserId(const LineUserId& id) {
  std::string text = "U";
  AppendHex(id.bytes, text);
  return text;
}

}  // namespace oshirase::ids
