#include "services/gateway/view/renderer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/gateway/http/url.h"
#include "services/gateway/view/static_files.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

// The statuses with words of their own.
constexpr int kErrors[] = {400, 403, 404, 405, 410, 413, 500, 503};

std::string ErrorWord(int status) {
  for (const int known : kErrors) {
    if (status == known) return absl::StrCat("error.", status);
  }
  return status < 500 ? "error.refused" : "error.500";
}

// The address of the page that answers `request`, in another language.
std::string AddressIn(const HttpRequest& request, const LanguageInfo& language) {
  std::vector<std::pair<std::string, std::string>> query;
  for (const auto& [name, value] : request.query) {
    if (name != "lang") query.emplace_back(name, value);
  }
  query.emplace_back("lang", language.code);
  // "//host" would lead to another site.
  const size_t start = std::min(request.path.find_first_not_of('/'), request.path.size());
  return absl::StrCat("/", EncodePath(request.path.substr(start)), "?", EncodeQuery(query));
}

data LanguageList(const HttpRequest& request, const Words& words, Language shown) {
  data list(data::type::list);
  for (const LanguageInfo& info : Languages()) {
    data entry;
    entry.set("code", info.code);
    entry.set("html_lang", info.html_lang);
    entry.set("name", words.Get(info.language, "site.language_name"));
    entry.set("href", AddressIn(request, info));
    entry.set("current", info.language == shown);
    list.push_back(entry);
  }
  return list;
}

// For search engines, which know no plain Japanese.
data Alternates(const HttpRequest& request, const std::string& public_url) {
  data list(data::type::list);
  for (const LanguageInfo& info : Languages()) {
    if (info.language == Language::kEasyJapanese) continue;
    data entry;
    entry.set("html_lang", info.html_lang);
    entry.set("href", absl::StrCat(public_url, AddressIn(request, info)));
    list.push_back(entry);
  }
  return list;
}

data NumberList(const std::vector<ConsultationNumber>& numbers) {
  data list(data::type::list);
  for (const ConsultationNumber& more : numbers) {
    data entry;
    entry.set("label", more.label);
    entry.set("number", more.number);
    list.push_back(entry);
  }
  return list;
}

data ProblemList(const std::vector<FormProblem>& problems, const Words& words, Language language) {
  data list(data::type::list);
  for (const FormProblem& problem : problems) {
    data entry;
    entry.set("field", problem.field);
    entry.set("message", words.Format(language, problem.word, problem.values));
    list.push_back(entry);
  }
  return list;
}

}  // namespace

Language LanguageOf(const HttpRequest& request) { return LanguageNamed(request.Query("lang")); }

std::string LanguageQuery(Language language) {
  if (language == Language::kJapanese) return "";
  return absl::StrCat("?lang=", InfoOf(language).code);
}

absl::StatusOr<Renderer> Renderer::Create(SiteFacts facts) {
  ASSIGN_OR_RETURN(Words words, Words::BuiltIn());
  ASSIGN_OR_RETURN(Templates templates, Templates::BuiltIn(words));
  return Renderer(std::move(facts), std::move(words), std::move(templates));
}

HttpResponse Renderer::Render(const HttpRequest& request, Page page) const {
  const Language language = LanguageOf(request);
  data& values = page.values;
  values.set("title", page.title.empty() ? words_.Get(language, absl::StrCat("title.", page.name))
                                         : page.title);
  values.set("html_lang", InfoOf(language).html_lang);
  values.set("lang", InfoOf(language).code);
  values.set("lang_query", LanguageQuery(language));
  values.set("languages", LanguageList(request, words_, language));
  values.set("indexable", page.indexable);
  if (page.indexable) values.set("alternates", Alternates(request, facts_.public_url));
  values.set("has_step", !page.step_path.empty());
  values.set("step_path", page.step_path);
  values.set("has_problems", !page.problems.empty());
  values.set("problems", ProblemList(page.problems, words_, language));
  values.set("stylesheet", StylesheetPath());
  values.set("script", ScriptPath());
  values.set("prefecture", facts_.prefecture_name);
  values.set("consultation_phone", facts_.consultation_phone);
  values.set("more_numbers", NumberList(facts_.more_numbers));
  values.set("retention_days", absl::StrCat(facts_.retention_days));

  HttpResponse response;
  response.status = page.problems.empty() ? page.status : 422;
  response.content_type = "text/html; charset=utf-8";
  response.body = kainjow::mustache::mustache(templates_.Get(language, page.name)).render(values);
  return response;
}

HttpResponse Renderer::ErrorPage(const HttpRequest& request, int status) const {
  const Language language = LanguageOf(request);
  const std::string word = ErrorWord(status);
  Page page = {.name = "error", .status = status};
  page.title = words_.Get(language, absl::StrCat(word, "_title"));
  page.values.set("text", words_.Get(language, absl::StrCat(word, "_text")));
  return Render(request, std::move(page));
}

}  // namespace oshirase::gateway
