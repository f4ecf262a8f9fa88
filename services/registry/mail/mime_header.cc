// RFC 2047, section 2 and 5 (3): an encoded word is 75 characters at most and must not split a
// character, since readers decode each word by itself.
#include "services/registry/mail/mime_header.h"

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace oshirase::registry {
namespace {

// 39 bytes are 52 characters of base64, 64 with the brackets, and 73 behind "Subject: ".
constexpr size_t kBytesPerWord = 39;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// The length of the longest beginning of `text` that fits a word and ends with a character's end.
size_t WordLength(std::string_view text) {
  if (text.size() <= kBytesPerWord) return text.size();
  size_t length = kBytesPerWord;
  while (length > 1 && IsContinuation(text[length])) --length;
  return length;
}

}  // namespace

std::string EncodedWords(std::string_view text) {
  std::string words;
  while (!text.empty()) {
    const size_t length = WordLength(text);
    const std::string part(text.substr(0, length));
    absl::StrAppend(&words, words.empty() ? "" : "\r\n ", "=?UTF-8?B?", absl::Base64Escape(part),
                    "?=");
    text.remove_prefix(length);
  }
  return words;
}

std::string MailDate(absl::Time time) {
  return absl::FormatTime("%a, %d %b %Y %H:%M:%S %z", time, absl::FixedTimeZone(9 * 60 * 60));
}

std::string QuotedAddress(const std::string& address) {
  const size_t at = address.find('@');
  const std::string local = address.substr(0, at);
  const bool dot_atom = !absl::StartsWith(local, ".") && !absl::EndsWith(local, ".") &&
                        !absl::StrContains(local, "..");
  return dot_atom ? address : absl::StrCat("\"", local, "\"", address.substr(at));
}

}  // namespace oshirase::registry
