// Text that was set lately, so that setting it again costs nothing.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "services/registry/pdf/text_block.h"

namespace oshirase::registry::pdf {

// Keeps what was used lately, at most twice kGeneration blocks of some 5 KiB: what is not asked for
// while a generation fills is forgotten with the one before. Not thread-safe.
class BlockCache {
 public:
  // Everything that how a text is set depends on.
  static std::string KeyOf(const std::string& text, const TextStyle& style, double width);

  std::optional<TextBlock> Find(const std::string& key);
  void Keep(const std::string& key, const TextBlock& block);

 private:
  static constexpr size_t kGeneration = 250;

  std::unordered_map<std::string, TextBlock> young_;
  std::unordered_map<std::string, TextBlock> old_;
};

}  // namespace oshirase::registry::pdf
