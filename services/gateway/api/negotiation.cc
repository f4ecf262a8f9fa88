#include "services/gateway/api/negotiation.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace oshirase::gateway {
namespace {

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

// One element of a list such as "text/html;level=1;q=0.4".
struct Element {
  std::string name;  // In lower case.
  double quality = 1;
};

Element ElementOf(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ';');
  Element element = {.name = absl::AsciiStrToLower(absl::StripAsciiWhitespace(parts.front()))};
  for (size_t i = 1; i < parts.size(); ++i) {
    const absl::string_view parameter = absl::StripAsciiWhitespace(parts[i]);
    double quality = 0;
    if (absl::StartsWithIgnoreCase(parameter, "q=") &&
        absl::SimpleAtod(parameter.substr(2), &quality)) {
      element.quality = quality;
    }
  }
  return element;
}

std::vector<Element> ElementsOf(std::string_view header) {
  std::vector<Element> elements;
  for (const absl::string_view part : absl::StrSplit(View(header), ',')) {
    Element element = ElementOf(part);
    if (!element.name.empty()) elements.push_back(std::move(element));
  }
  return elements;
}

// How exactly a range of media types means `type`: 3 by name, 1 for any; 0 when it does not.
int Exactness(absl::string_view range, absl::string_view type) {
  if (range == type) return 3;
  if (absl::EndsWith(range, "/*") && absl::StartsWith(type, range.substr(0, range.size() - 1))) {
    return 2;
  }
  return range == "*/*" ? 1 : 0;
}

}  // namespace

bool Accepts(std::string_view accept, std::string_view type) {
  const std::vector<Element> ranges = ElementsOf(accept);
  int best = 0;
  double quality = ranges.empty() ? 1 : 0;
  for (const Element& range : ranges) {
    const int exactness = Exactness(range.name, View(type));
    if (exactness <= best) continue;
    best = exactness;
    quality = range.quality;
  }
  return quality > 0;
}

Language PreferredLanguage(std::string_view accept_language) {
  double japanese = 0;
  double english = 0;
  for (const Element& element : ElementsOf(accept_language)) {
    const absl::string_view primary = absl::string_view(element.name).substr(0, 2);
    const bool tag =
        element.name.size() == 2 || (element.name.size() > 2 && element.name[2] == '-');
    if (tag && primary == "ja" && element.quality > japanese) japanese = element.quality;
    if (tag && primary == "en" && element.quality > english) english = element.quality;
  }
  return english > japanese ? Language::kEnglish : Language::kJapanese;
}

std::string BodyType(const HttpRequest& request) {
  const std::vector<absl::string_view> parts =
      absl::StrSplit(View(request.Header("Content-Type")), ';');
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(parts.front()));
}

}  // namespace oshirase::gateway
