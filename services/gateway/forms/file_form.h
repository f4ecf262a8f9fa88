// Forms that carry files (multipart/form-data). The HTTP library is not asked to read them; see
// http/server.cc.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/gateway/forms/form_body.h"
#include "services/gateway/http/message.h"

namespace oshirase::gateway {

struct FileForm {
  FormBody fields;  // Those that are no files, in UTF-8.
  FormBody files;   // Their bytes, whatever they were called.
};

// Reads the form in `request`. Returns INVALID_ARGUMENT when it is none, has more than 20 parts, or
// does not end.
absl::StatusOr<FileForm> ParseFileForm(const HttpRequest& request);

}  // namespace oshirase::gateway
