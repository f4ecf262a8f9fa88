#include "common/catalogue/text.h"

namespace oshirase::catalogue {

const std::string& Text::In(std::string_view language) const {
  if (const auto exact = words_.find(language); exact != words_.end()) return exact->second;
  if (language != "ja-easy") {
    if (const auto english = words_.find("en"); english != words_.end()) return english->second;
  }
  return words_.at("ja");
}

}  // namespace oshirase::catalogue
