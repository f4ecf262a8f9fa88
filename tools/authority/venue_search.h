// From what an interview sheet says of a place to the one venue it means; never a guess.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/authority/interview_sheet.h"
#include "tools/authority/session.h"

namespace oshirase::authority {

// Every venue that `text` finds, up to 100.
absl::StatusOr<std::vector<registry::v1::Venue>> Search(Session& session, const std::string& text);

// The venue of each stop, in order. Returns WRONG_USE with every stop whose code is unknown or
// whose name finds none or several, the candidates listed.
absl::StatusOr<std::vector<registry::v1::Venue>> Resolve(Session& session,
                                                         const std::vector<Stop>& stops);

// The venue with exactly this code. NOT_FOUND VENUE_CODE_UNKNOWN.
absl::StatusOr<registry::v1::Venue> FindByCode(Session& session, const std::string& code);

}  // namespace oshirase::authority
