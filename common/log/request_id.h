// The ids that tie log lines of several processes together. There are two kinds, and they never
// meet in one line or one call: otherwise the log would tell which scan led to which notice.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace oshirase {

struct RequestId {
  enum class Kind {
    kVisit,  // From a webhook to the record and the reply.
    kCase,   // From a case's submission to its release and its messages.
  };
  Kind kind = Kind::kVisit;
  std::string value = {};  // A UUID, lower case; "" when there is none.
};

// A fresh random id (UUID version 4).
RequestId NewRequestId(RequestId::Kind kind);

// A random UUID, version 4, in lower case.
std::string NewUuid();

// Whether `text` is a UUID in lower case with hyphens: what is accepted from other processes.
bool IsUuid(absl::string_view text);

// The field of the log that holds ids of this kind: "request_id" or "case_request_id".
const char* LogKey(RequestId::Kind kind);

// The call metadata that holds ids of this kind: "x-request-id" or "x-case-request-id".
const char* MetadataKey(RequestId::Kind kind);

}  // namespace oshirase
