// The pages as mustache has them, once for each language: framed, put together and with their words
// in place, so that rendering only fills in values.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "services/gateway/i18n/words.h"

namespace oshirase::gateway {

// Immutable, so thread-safe.
class Templates {
 public:
  // Reads the pages compiled in. In a page, "{{t key}}" is a word, "{{>name}}" is pages/_name.html;
  // the frame is pages/_layout.html. A place "{name}" in a word becomes the value "{{name}}".
  // Returns INTERNAL, naming the page, when it is not well formed, asks for raw text, or names a
  // word or a part that there is not.
  static absl::StatusOr<Templates> BuiltIn(const Words& words);

  // The page, ready to be rendered; pages/<page>.html must exist.
  const std::string& Get(Language language, const std::string& page) const;

 private:
  std::map<std::pair<Language, std::string>, std::string> texts_;
};

}  // namespace oshirase::gateway
