#include "services/registry/domain/mail.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "services/registry/domain/mail_errors.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {
namespace {

constexpr size_t kMaxLocalBytes = 64;
constexpr size_t kMaxLabelBytes = 63;
constexpr size_t kMaxFileNameBytes = 100;

bool IsLocalCharacter(unsigned char c) {
  return absl::ascii_isalnum(c) ||
         (c != '\0' && absl::StrContains("!#$%&'*+-/=?^_`{|}~.", static_cast<char>(c)));
}

bool IsLabel(absl::string_view label) {
  return !label.empty() && label.size() <= kMaxLabelBytes && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '-';
         });
}

bool IsDomain(absl::string_view domain) {
  const std::vector<absl::string_view> labels = absl::StrSplit(domain, '.');
  return labels.size() >= 2 && std::all_of(labels.begin(), labels.end(), IsLabel) &&
         !std::all_of(labels.back().begin(), labels.back().end(), absl::ascii_isdigit);
}

bool IsFileName(absl::string_view name) {
  return !name.empty() && name.size() <= kMaxFileNameBytes && absl::ascii_isalnum(name.front()) &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
         });
}

bool IsMediaType(absl::string_view type) {
  const std::vector<absl::string_view> parts = absl::StrSplit(type, '/');
  return parts.size() == 2 && std::all_of(parts.begin(), parts.end(), [](absl::string_view part) {
           return !part.empty() && std::all_of(part.begin(), part.end(), [](unsigned char c) {
             return absl::ascii_isalnum(c) || c == '.' || c == '-' || c == '+';
           });
         });
}

bool IsPart(const std::string& text) {
  return !text.empty() && text.size() <= kMaxPartBytes && IsUtf8(text) &&
         text.find('\0') == std::string::npos && text.find('\r') == std::string::npos;
}

}  // namespace

absl::Status CheckMailAddress(absl::string_view address) {
  if (!std::all_of(address.begin(), address.end(), absl::ascii_isascii))
    return MailAddressNotAscii();
  const size_t at = address.find('@');
  if (at == absl::string_view::npos || at == 0 || at > kMaxLocalBytes ||
      address.size() > kMaxAddressBytes) {
    return MailAddressInvalid();
  }
  const absl::string_view local = address.substr(0, at);
  if (!std::all_of(local.begin(), local.end(), IsLocalCharacter) ||
      !IsDomain(address.substr(at + 1))) {
    return MailAddressInvalid();
  }
  return absl::OkStatus();
}

absl::Status CheckMail(const Mail& mail) {
  if (auto status = CheckMailAddress(mail.to); !status.ok()) return status;
  if (mail.subject.empty() || mail.subject.size() > kMaxSubjectBytes || !IsUtf8(mail.subject) ||
      HasControlCharacters(mail.subject)) {
    return MailInvalid("subject");
  }
  if (!IsPart(mail.text)) return MailInvalid("text");
  if (!IsPart(mail.html)) return MailInvalid("html");
  size_t bytes = 0;
  for (const Attachment& attachment : mail.attachments) {
    bytes += attachment.bytes.size();
    if (!IsFileName(attachment.file_name) || !IsMediaType(attachment.media_type) ||
        bytes > kMaxAttachmentBytes) {
      return MailInvalid("attachment");
    }
  }
  return absl::OkStatus();
}

}  // namespace oshirase::registry
