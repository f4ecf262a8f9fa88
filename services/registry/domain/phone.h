// Telephone numbers as people in Japan write them.
#pragma once

#include <string>

namespace oshirase::registry {

// Whether `text` can be a telephone number: of Japan, or of anywhere when it begins with "+". Only
// the form and the length are judged. Whether a range is in use is not: new ones come out every
// year, after the copy of the numbering plan in here was made.
bool IsPhoneNumber(const std::string& text);

}  // namespace oshirase::registry
