// Refuses requests whose end another program could see elsewhere than we do, before a byte of their
// body is read. The HTTP library takes chunked and compressed bodies past any limit and leaves the
// body of a GET in the stream, where it would be read as the next request.
#pragma once

#include <httplib.h>

#include <optional>

#include "services/gateway/http/router.h"

namespace oshirase::gateway {

// Why a request is not read on; the connection ends with the answer.
struct FramingRefusal {
  int status;
  const char* reason;  // A word for logs and metrics.
};

// Nothing when `request` may be read and answered.
std::optional<FramingRefusal> CheckFraming(const httplib::Request& request, const Router& router);

}  // namespace oshirase::gateway
