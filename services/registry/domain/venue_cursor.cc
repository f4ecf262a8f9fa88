#include "services/registry/domain/venue_cursor.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/ids/uuid.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {

std::string TokenAfter(const Venue& venue) {
  return absl::StrCat(absl::ToUnixMicros(venue.create_time), ".", venue.id.value);
}

absl::StatusOr<std::optional<VenueCursor>> CursorOf(const std::string& token) {
  if (token.empty()) return std::nullopt;
  const std::vector<std::string> parts = absl::StrSplit(token, '.');
  int64_t micros = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &micros) || !ids::ParseUuid(parts[1]).ok())
    return PageTokenInvalid();
  return VenueCursor{.create_time = absl::FromUnixMicros(micros), .venue_id = {parts[1]}};
}

}  // namespace oshirase::registry
