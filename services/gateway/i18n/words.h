// Every word that people read on a page, in every language. A word's key is the name of its file
// and its name there: "register.title" is the "title" of words/<language>/register.json. Pages and
// handlers name words by key and hold none themselves.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/i18n/language.h"

namespace oshirase::gateway {

// What takes the places "{name}" in a word.
using WordValues = std::map<std::string, std::string, std::less<>>;

// Immutable, so thread-safe.
class Words {
 public:
  // The words compiled in. Returns INTERNAL, naming the key, when a file is no JSON object of texts
  // or when the languages do not have the same keys with the same places.
  static absl::StatusOr<Words> BuiltIn();

  // As BuiltIn(), of (file, JSON) pairs such as ("ja/site.json", "{...}").
  static absl::StatusOr<Words> Parse(const std::vector<std::pair<std::string, std::string>>& files);

  // The word of `key`; the key itself when there is none, so that the mistake can be seen.
  std::string Get(Language language, const std::string& key) const;

  // The same with its places filled.
  std::string Format(Language language, const std::string& key, const WordValues& values) const;

  bool Has(const std::string& key) const;

 private:
  using Texts = std::map<std::string, std::string, std::less<>>;

  absl::Status CheckLanguagesAgree() const;

  std::map<Language, Texts> texts_;
};

// The places of a word, in the order of their names: {"max"} of "at most {max}".
std::vector<std::string> PlacesOf(std::string_view word);

}  // namespace oshirase::gateway
