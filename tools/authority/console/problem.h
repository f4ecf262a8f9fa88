// What went wrong, as the pages read it: RFC 9457 problem details with words for the officer.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "tools/authority/console/guard.h"
#include "tools/authority/console/http.h"

namespace oshirase::authority::console {

// {title, status, reason, errors: [{field, detail}]}: `field` is a detail of a venue, or "".
Reply ProblemReply(const absl::Status& status);
Reply ProblemReply(const Refusal& refusal);

}  // namespace oshirase::authority::console
