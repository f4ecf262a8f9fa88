// What is the officer's own mistake: the command line, a file or a text is at fault (exit code 2).
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace oshirase::authority {

// INVALID_ARGUMENT with reason WRONG_USE.
absl::Status WrongUse(const std::string& message);

// WRONG_USE with every problem on a line of its own; OK when there is none.
absl::Status WrongUse(const std::vector<std::string>& problems);

}  // namespace oshirase::authority
