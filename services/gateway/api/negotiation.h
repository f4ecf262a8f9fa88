// What a request says it sends, and what it can read. References: RFC 9110, sections 8.3 and 12.5.
#pragma once

#include <string>
#include <string_view>

#include "services/gateway/http/message.h"
#include "services/gateway/i18n/language.h"

namespace oshirase::gateway {

// Whether an Accept header admits `type` ("application/json"); an empty one admits everything.
bool Accepts(std::string_view accept, std::string_view type);

// The language, of Japanese and English, that an Accept-Language header prefers; Japanese when it
// prefers neither.
Language PreferredLanguage(std::string_view accept_language);

// The media type of a request's body in lower case, without parameters; "" when it names none.
std::string BodyType(const HttpRequest& request);

}  // namespace oshirase::gateway
