// The pages and static files, compiled into the program so that it is one file to ship.
#pragma once

#include <span>
#include <string_view>

namespace oshirase::gateway {

struct Asset {
  std::string_view name;  // "pages/register.html"
  std::string_view content;
};

// Generated at build time from pages/ and static/; see embed_assets.cmake.
std::span<const Asset> Assets();

// The content of an asset; "" when there is none of that name.
inline std::string_view FindAsset(std::string_view name) {
  for (const Asset& asset : Assets()) {
    if (asset.name == name) return asset.content;
  }
  return "";
}

}  // namespace oshirase::gateway
