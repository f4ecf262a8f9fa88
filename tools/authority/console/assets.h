// The console's page, its scripts and its style sheet, compiled into the program.
#pragma once

#include <span>
#include <string_view>

namespace oshirase::authority::console {

struct Asset {
  std::string_view path;  // "/desk/letters.mjs"
  std::string_view content;
};

// Generated at build time from web/; see embed_assets.cmake.
std::span<const Asset> Assets();

}  // namespace oshirase::authority::console
