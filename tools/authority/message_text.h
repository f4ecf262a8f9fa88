// The messages of a case, as an officer has to be able to read them before signing.
#pragma once

#include <string>

#include "oshirase/notifier/v1/notifier_service.pb.h"

namespace oshirase::authority {

// Everything that `message` says. A part that is more than plain text is shown as the JSON it is:
// whoever signs must not be shown less than what goes out.
std::string MessageText(const notifier::v1::RenderedMessage& message);

}  // namespace oshirase::authority
