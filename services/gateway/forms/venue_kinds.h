// The kinds of venue as a business reads them. The words are the registry's catalogue.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace oshirase::gateway {

struct VenueKind {
  const char* kind;
  const char* label;
};

// In the order people look for them.
std::span<const VenueKind> VenueKinds();

// The label of `kind`, or "" when there is no such kind.
std::string KindLabel(std::string_view kind);

}  // namespace oshirase::gateway
