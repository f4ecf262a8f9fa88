#include "services/gateway/view/templates.h"

#include <kainjow/mustache.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/status/macros.h"
#include "services/gateway/view/assets.h"

namespace oshirase::gateway {
namespace {

// A part may hold parts, but not itself.
constexpr int kMaxDepth = 8;
constexpr char kContent[] = "content";

absl::Status Bad(const std::string& page, const std::string& what) {
  return absl::InternalError(absl::StrCat("page ", page, ": ", what));
}

std::string PageText(const std::string& name) {
  return std::string(FindAsset(absl::StrCat("pages/", name, ".html")));
}

// `text` with each "<open>name}}" replaced by replace(name).
template <typename Replace>
absl::StatusOr<std::string> ReplaceTags(const std::string& text, const std::string& open,
                                        Replace replace) {
  std::string result;
  size_t at = 0;
  while (true) {
    const size_t tag = text.find(open, at);
    result.append(text, at, std::min(tag, text.size()) - at);
    if (tag == std::string::npos) return result;
    const size_t name = tag + open.size();
    const size_t end = text.find("}}", name);
    if (end == std::string::npos) return absl::InternalError("a tag does not end");
    ASSIGN_OR_RETURN(const std::string replacement, replace(text.substr(name, end - name)));
    result += replacement;
    at = end + 2;
  }
}

// A word as mustache reads it: escaped, its places as values.
std::string AsTemplate(const std::string& word) {
  const std::string escaped = absl::StrReplaceAll(
      word, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&apos;"}});
  return absl::StrReplaceAll(escaped, {{"{", "{{"}, {"}", "}}"}});
}

// The page `name` with its parts in place.
absl::StatusOr<std::string> WithParts(const std::string& name, const std::string& page, int depth) {
  if (depth > kMaxDepth) return Bad(page, "parts hold each other");
  const std::string text = PageText(name);
  if (text.empty()) return Bad(page, absl::StrCat("there is no ", name));
  return ReplaceTags(text, "{{>", [&](const std::string& part) {
    return WithParts(part == kContent ? page : absl::StrCat("_", part), page, depth + 1);
  });
}

absl::StatusOr<std::string> Localised(const std::string& text, const Words& words,
                                      Language language) {
  return ReplaceTags(text, "{{t ", [&](const std::string& key) -> absl::StatusOr<std::string> {
    if (!words.Has(key)) {
      return absl::InternalError(absl::StrCat("no word ", key));
    }
    return AsTemplate(words.Get(language, key));
  });
}

absl::Status CheckTemplate(const std::string& page, const std::string& text) {
  if (absl::StrContains(text, "{{{") || absl::StrContains(text, "{{&")) {
    return Bad(page, "asks for raw text");
  }
  const kainjow::mustache::mustache parsed(text);
  return parsed.is_valid() ? absl::OkStatus() : Bad(page, parsed.error_message());
}

}  // namespace

absl::StatusOr<Templates> Templates::BuiltIn(const Words& words) {
  Templates templates;
  for (const Asset& asset : Assets()) {
    absl::string_view name(asset.name.data(), asset.name.size());
    if (!absl::ConsumePrefix(&name, "pages/") || absl::StartsWith(name, "_")) continue;
    const std::string page(absl::StripSuffix(name, ".html"));
    ASSIGN_OR_RETURN(const std::string whole, WithParts("_layout", page, 0));
    for (const LanguageInfo& info : Languages()) {
      auto text = Localised(whole, words, info.language);
      if (!text.ok()) return Bad(page, std::string(text.status().message()));
      RETURN_IF_ERROR(CheckTemplate(page, *text));
      templates.texts_[{info.language, page}] = *std::move(text);
    }
  }
  return templates;
}

const std::string& Templates::Get(Language language, const std::string& page) const {
  return texts_.at({language, page});
}

}  // namespace oshirase::gateway
