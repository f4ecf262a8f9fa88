// What the notifier asks of LINE. Implemented by line/http_line_client and by a fake.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"

namespace oshirase::notifier {

// How a call ended, as far as it is known.
struct LineAnswer {
  enum class Kind {
    kAnswered,  // with `status`
    kNotSent,   // no connection came about: LINE has seen nothing
    kNoAnswer,  // timed out, reset, or not understood: LINE may have acted
  };
  Kind kind = Kind::kNoAnswer;
  int status = 0;                   // HTTP status when answered
  std::string request_id;           // x-line-request-id
  std::string accepted_request_id;  // x-line-accepted-request-id
  std::string message;              // LINE's "message"; may be empty; never logged
  std::optional<absl::Duration> retry_after;
  // Of a 401: the access token was replaced since, so that another call may be taken.
  bool token_replaced = false;
};

// Thread-safe; each call blocks for as long as its total timeout at most.
class LineClient {
 public:
  virtual ~LineClient() = default;

  // Sends exactly `body` to the multicast endpoint under `retry_key`, a UUID.
  virtual LineAnswer Multicast(const std::string& retry_key, const std::string& body) = 0;

  // Asks whether LINE would take these messages: `body` is {"messages":[...]}.
  virtual LineAnswer ValidateMulticast(const std::string& body) = 0;
};

}  // namespace oshirase::notifier
