// Words that the catalogue holds in several languages.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace oshirase::catalogue {

// The same words in several languages, Japanese always among them.
class Text {
 public:
  using Words = std::map<std::string, std::string, std::less<>>;

  // `words` by language tag.
  explicit Text(Words words) : words_(std::move(words)) {}

  // The words in `language`, a tag of Catalogue::languages(), or in the nearest there are: for
  // "ja-easy" it is "ja", for any other it is "en" and then "ja". An unknown tag is no error.
  // "ja-easy" carries readings as 漢字（かんじ）, to be shown so or as ruby.
  const std::string& In(std::string_view language) const;

 private:
  Words words_;
};

}  // namespace oshirase::catalogue
