// Addresses of our own pages, put together from parts that may hold anything.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oshirase::gateway {

// Percent-encodes all but letters, digits and "-._~".
std::string PercentEncode(std::string_view text);

// The same, leaving "/" as it is.
std::string EncodePath(std::string_view path);

// "name=value&name=value", without "?".
std::string EncodeQuery(const std::vector<std::pair<std::string, std::string>>& query);

}  // namespace oshirase::gateway
