// Just enough HTTP/1.1 to know where an answer ends and what it says.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"

namespace oshirase::bench {

struct HttpAnswer {
  int status = 0;
  // The server closes the connection after it.
  bool last = false;
  // Bytes of head and body.
  size_t size = 0;
};

// The first answer in `bytes`, or nothing while part of it is missing.
// Returns INVALID_ARGUMENT for what is not HTTP, UNIMPLEMENTED for a body without Content-Length.
absl::StatusOr<std::optional<HttpAnswer>> FirstAnswer(std::string_view bytes);

}  // namespace oshirase::bench
