// The address inside a venue's QR: it opens the chat with the account, the venue code typed in.
#pragma once

#include <string>

#include "common/ids/venue_code.h"

namespace oshirase::ids {

// "https://line.me/R/oaMessage/%40oshirase/?%E6%9D%A5%E5%BA%97%20ABCD-...". `basic_id` begins with
// "@". The text is the whole query, percent-encoded UTF-8 with %20 for a space, never "+".
std::string OaMessageUrl(const std::string& basic_id, const VenueCode& code);

}  // namespace oshirase::ids
