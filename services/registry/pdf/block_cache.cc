#include "services/registry/pdf/block_cache.h"

#include <utility>

namespace oshirase::registry::pdf {
namespace {

void Append(std::string& key, double number) {
  key.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

}  // namespace

std::string BlockCache::KeyOf(const std::string& text, const TextStyle& style, double width) {
  std::string key;
  key.reserve(text.size() + 96);
  for (const double number : {width, style.size, style.color.red, style.color.green,
                              style.color.blue, style.leading, style.tracking}) {
    Append(key, number);
  }
  for (const int choice : {static_cast<int>(style.bold), static_cast<int>(style.align),
                           static_cast<int>(style.balanced), static_cast<int>(style.parting),
                           static_cast<int>(style.script)}) {
    key.push_back(static_cast<char>(choice));
  }
  return key += text;
}

std::optional<TextBlock> BlockCache::Find(const std::string& key) {
  if (const auto found = young_.find(key); found != young_.end()) return found->second;
  const auto found = old_.find(key);
  if (found == old_.end()) return std::nullopt;
  const TextBlock block = found->second;
  Keep(key, block);
  return block;
}

void BlockCache::Keep(const std::string& key, const TextBlock& block) {
  if (young_.size() >= kGeneration) old_ = std::exchange(young_, {});
  young_.emplace(key, block);
}

}  // namespace oshirase::registry::pdf
