// A mail as a mail server gets it: addressed, written and complete. It exists only while it is
// being sent; what waits to be sent is a Letter.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace oshirase::registry {

// RFC 5321, 4.5.3.1.
inline constexpr size_t kMaxAddressBytes = 254;
inline constexpr size_t kMaxSubjectBytes = 1000;
inline constexpr size_t kMaxPartBytes = size_t{256} * 1024;
// Two thirds of what common mail servers take: base64 adds a third.
inline constexpr size_t kMaxAttachmentBytes = size_t{12} * 1024 * 1024;

struct Attachment {
  // 1 to 100 of A-Z a-z 0-9 . _ -, beginning with a letter or digit: every mail reader agrees on
  // what these mean.
  std::string file_name;
  std::string media_type;  // "application/pdf"
  std::string bytes;
};

struct Mail {
  std::string to;       // "owner@example.jp", no display name
  std::string subject;  // one line
  std::string text;     // lines end in "\n"
  std::string html;     // a whole document
  std::vector<Attachment> attachments;
};

// OK when `address` can be mailed to. Names are not looked up. Local parts such as "a..b." are
// accepted: Japanese phone carriers gave them out.
// Returns INVALID_ARGUMENT, reason MAIL_ADDRESS_NOT_ASCII for an international address, which not
// every mail server carries on, and MAIL_ADDRESS_INVALID for anything else; neither repeats it.
absl::Status CheckMailAddress(absl::string_view address);

// OK when nothing in `mail` could become a header, or part of one, that was not meant to be.
// Returns as CheckMailAddress does, and INVALID_ARGUMENT, reason MAIL_INVALID, naming the part.
absl::Status CheckMail(const Mail& mail);

}  // namespace oshirase::registry
