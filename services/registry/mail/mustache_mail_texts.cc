#include "services/registry/mail/mustache_mail_texts.h"

#include <kainjow/mustache.hpp>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/status/macros.h"
#include "services/registry/mail/templates.h"

namespace oshirase::registry {
namespace {

namespace mustache = kainjow::mustache;

constexpr const char* kPartials[] = {"head", "foot"};
constexpr char kText[] = ".txt";
constexpr char kHtml[] = ".html";

// "answer_text" can also be had line by line, as "answer_lines".
void SetLines(mustache::data& values, absl::string_view name, const std::string& text) {
  mustache::data lines(mustache::data::type::list);
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    mustache::data each;
    each.set("line", std::string(line));
    lines.push_back(each);
  }
  values.set(absl::StrCat(name, "_lines"), lines);
}

mustache::data ValuesOf(const Letter& letter, const MailSite& site) {
  mustache::data values;
  for (const auto& [name, value] : letter.values) {
    values.set(name, value);
    absl::string_view stem = name;
    if (absl::ConsumeSuffix(&stem, "_text")) SetLines(values, stem, value);
  }
  values.set("prefecture", site.prefecture_name);
  values.set("contact_phone", site.contact_phone);
  values.set("enquiry_url", site.enquiry_url);
  return values;
}

std::string Render(const std::string& name, const char* form, mustache::data& values) {
  for (const char* partial : kPartials) {
    values.set(partial, mustache::partial([partial, form] {
                 return std::string(FindMailTemplate(absl::StrCat("_", partial, form)));
               }));
  }
  mustache::mustache page(std::string(FindMailTemplate(absl::StrCat(name, form))));
  if (std::string_view(form) == kText)
    page.set_custom_escape([](const std::string& text) { return text; });
  return page.render(values);
}

}  // namespace

absl::StatusOr<Mail> MustacheMailTexts::Write(const Letter& letter) const {
  RETURN_IF_ERROR(CheckLetter(letter));
  const std::string name = absl::AsciiStrToLower(NameOf(letter.kind));
  mustache::data values = ValuesOf(letter, site_);
  const std::string written = Render(name, kText, values);
  // The subject, an empty line, the text. (A line that is only a comment would be left as an empty
  // one, so templates end their first comment just before the subject.)
  const std::vector<std::string> parts = absl::StrSplit(written, absl::MaxSplits("\n\n", 1));
  if (parts.size() < 2) return absl::InternalError(absl::StrCat("no subject in ", name));
  values.set("subject", parts[0]);
  return Mail{
      .to = letter.to, .subject = parts[0], .text = parts[1], .html = Render(name, kHtml, values)};
}

absl::Status MustacheMailTexts::CheckTemplates() {
  for (const MailTemplate& each : MailTemplates()) {
    const std::string text(each.content);
    if (!mustache::mustache(text).is_valid() || absl::StrContains(text, "{{{") ||
        absl::StrContains(text, "{{&")) {
      return absl::InternalError(absl::StrCat("bad template ", std::string(each.name)));
    }
  }
  for (const MailKind kind : kMailKinds) {
    for (const char* form : {kText, kHtml}) {
      const std::string name = absl::StrCat(absl::AsciiStrToLower(NameOf(kind)), form);
      if (FindMailTemplate(name).empty())
        return absl::InternalError(absl::StrCat("no template ", name));
    }
  }
  return absl::OkStatus();
}

}  // namespace oshirase::registry
