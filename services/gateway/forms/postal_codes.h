// Addresses by postal code, from the file that tools/postal-codes makes: sorted lines of code,
// prefecture, municipality and town, separated by tabs. The file is mapped, not read: a process
// holds only the pages it looks at, and a look-up takes some twenty comparisons.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace oshirase::gateway {

struct PostalPlace {
  std::string prefecture;
  std::string municipality;
  std::string town;  // "" when the code stands for the rest of the municipality.

  friend bool operator==(const PostalPlace&, const PostalPlace&) = default;
};

// What of an address is certain for a postal code.
struct PostalAddress {
  std::string municipality;  // With its prefecture, if that is not the site's own.
  std::string town;          // "" when the code stands for several.
  bool several_towns = false;
};

// Thread-safe. The file must not be changed in place; a new one takes its place by renaming, and is
// used after a restart.
class PostalCodes {
 public:
  // Knows no code: the feature is off.
  PostalCodes() = default;
  // Maps the file at `path`. Returns INVALID_ARGUMENT when it cannot be read or is not such a file.
  static absl::StatusOr<PostalCodes> Open(const std::string& path);

  bool empty() const { return lines_.empty(); }

  // All places of a code of seven digits, none for an unknown one.
  std::vector<PostalPlace> Find(std::string_view code) const;

  // What all places of a code share, for a site of `prefecture`; no municipality when they share
  // none or the code is unknown.
  PostalAddress AddressOf(std::string_view code, std::string_view prefecture) const;

 private:
  // Unmaps when the last copy is gone.
  std::shared_ptr<const void> mapping_;
  std::string_view lines_;
};

}  // namespace oshirase::gateway
