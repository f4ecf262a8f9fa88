#include "services/gateway/i18n/words.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/status/macros.h"
#include "services/gateway/view/assets.h"

namespace oshirase::gateway {
namespace {

using Json = nlohmann::json;

absl::Status Bad(const std::string& what) {
  return absl::InternalError(absl::StrCat("words: ", what));
}

// Calls `text` for what stands between places and `place` for the name of each.
template <typename Text, typename Place>
void ForEachPart(std::string_view word, Text text, Place place) {
  while (!word.empty()) {
    const size_t open = word.find('{');
    const size_t close = open == std::string_view::npos ? open : word.find('}', open);
    if (close == std::string_view::npos) break;
    text(word.substr(0, open));
    place(word.substr(open + 1, close - open - 1));
    word.remove_prefix(close + 1);
  }
  text(word);
}

}  // namespace

std::vector<std::string> PlacesOf(std::string_view word) {
  std::vector<std::string> places;
  ForEachPart(
      word, [](std::string_view) {}, [&](std::string_view name) { places.emplace_back(name); });
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

absl::StatusOr<Words> Words::BuiltIn() {
  std::vector<std::pair<std::string, std::string>> files;
  for (const Asset& asset : Assets()) {
    absl::string_view name(asset.name.data(), asset.name.size());
    if (absl::ConsumePrefix(&name, "words/")) files.emplace_back(name, asset.content);
  }
  return Parse(files);
}

absl::StatusOr<Words> Words::Parse(const std::vector<std::pair<std::string, std::string>>& files) {
  Words words;
  for (const auto& [file, content] : files) {
    const std::vector<std::string> parts = absl::StrSplit(absl::StripSuffix(file, ".json"), '/');
    if (parts.size() != 2) return Bad(absl::StrCat("a file has no language: ", file));
    const Language language = LanguageNamed(parts[0]);
    if (InfoOf(language).code != parts[0]) return Bad(absl::StrCat("unknown language: ", file));
    const Json json = Json::parse(content, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) return Bad(absl::StrCat("no JSON object: ", file));
    Texts& texts = words.texts_[language];
    for (const auto& [name, text] : json.items()) {
      if (!text.is_string()) return Bad(absl::StrCat("no text: ", name, " in ", file));
      texts[absl::StrCat(parts[1], ".", name)] = text.get<std::string>();
    }
  }
  RETURN_IF_ERROR(words.CheckLanguagesAgree());
  return words;
}

absl::Status Words::CheckLanguagesAgree() const {
  const auto first = texts_.find(Language::kJapanese);
  if (first == texts_.end()) return Bad("there is no Japanese");
  for (const LanguageInfo& info : Languages()) {
    const auto other = texts_.find(info.language);
    if (other == texts_.end()) return Bad(absl::StrCat("no words in ", info.code));
    for (const auto& [key, text] : first->second) {
      const auto found = other->second.find(key);
      if (found == other->second.end()) return Bad(absl::StrCat(info.code, " lacks ", key));
      if (PlacesOf(text) != PlacesOf(found->second)) {
        return Bad(absl::StrCat(info.code, " has other places in ", key));
      }
    }
    for (const auto& [key, text] : other->second) {
      if (!first->second.contains(key)) return Bad(absl::StrCat("only ", info.code, " has ", key));
    }
  }
  return absl::OkStatus();
}

std::string Words::Get(Language language, const std::string& key) const {
  const Texts& texts = texts_.at(language);
  const auto found = texts.find(key);
  return found == texts.end() ? key : found->second;
}

std::string Words::Format(Language language, const std::string& key,
                          const WordValues& values) const {
  std::string result;
  ForEachPart(
      Get(language, key), [&](std::string_view text) { result += text; },
      [&](std::string_view name) {
        const auto found = values.find(name);
        if (found != values.end()) result += found->second;
      });
  return result;
}

bool Words::Has(const std::string& key) const {
  return texts_.at(Language::kJapanese).contains(key);
}

}  // namespace oshirase::gateway
