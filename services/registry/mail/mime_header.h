// The header values that libcurl leaves to its caller: RFC 2047 (encoded words), RFC 5322 (dates
// and addresses). Bodies and attachments are libcurl's.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace oshirase::registry {

// `text` (UTF-8) as encoded words that no reader takes apart: each is 75 characters at most, holds
// whole characters, and stands on a line of its own; a line with a header's name before it stays
// within 76. ASCII is encoded too: "=?" in a name must not become a word.
std::string EncodedWords(std::string_view text);

// "Thu, 10 Dec 2020 15:00:00 +0900": in Japan's time, by RFC 5322.
std::string MailDate(absl::Time time);

// `address` as commands and headers want it: a local part that RFC 5322 allows only in quotes, such
// as "a..b." of a phone carrier, gets them.
std::string QuotedAddress(const std::string& address);

}  // namespace oshirase::registry
