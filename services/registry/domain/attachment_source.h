// Where the documents that a letter names come from when it is sent.
#pragma once

#include "absl/status/statusor.h"
#include "services/registry/domain/letter.h"
#include "services/registry/domain/mail.h"

namespace oshirase::registry {

// Thread-safe.
class AttachmentSource {
 public:
  virtual ~AttachmentSource() = default;

  // The document, as CheckMail wants an attachment. The same reference gives the same bytes.
  // Returns NOT_FOUND, INVALID_ARGUMENT or FAILED_PRECONDITION when it never will: the mail is then
  // given up. Any other failure is tried again.
  virtual absl::StatusOr<Attachment> Load(const DocumentRef& ref) = 0;
};

}  // namespace oshirase::registry
