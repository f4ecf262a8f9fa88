// catalogue.json as it was when the program was built. Written by embed_json.cmake.
#pragma once

#include <string_view>

namespace oshirase::catalogue {

// The file's text.
std::string_view BuiltInJson();

}  // namespace oshirase::catalogue
