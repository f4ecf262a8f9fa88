// Values into pages, in the language that was asked for. Everything is escaped; the pages have no
// way to ask for raw text.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/forms/form_problem.h"
#include "services/gateway/http/message.h"
#include "services/gateway/i18n/words.h"
#include "services/gateway/view/templates.h"

namespace oshirase::gateway {

// A telephone number, and whom or what it is for.
struct ConsultationNumber {
  std::string label;
  std::string number;
};

// What every page may show.
struct SiteFacts {
  std::string prefecture_name;
  std::string consultation_phone;
  std::string public_url;
  // How long visits are kept, as the pages promise.
  int retention_days = 21;
  // Besides the first one.
  std::vector<ConsultationNumber> more_numbers = {};
};

// A page to be shown.
struct Page {
  std::string name;  // pages/<name>.html
  kainjow::mustache::data values = {};
  int status = 200;
  // "" for the word "title.<name>".
  std::string title = "";
  // With any, the status is 422 and the title says so.
  std::vector<FormProblem> problems = {};
  // Of a step of a form: where its form is shown again, with what was typed, in another language.
  std::string step_path = "";
  // Whether search engines may show it: only what is for everybody.
  bool indexable = false;
};

// Thread-safe.
class Renderer {
 public:
  // Returns INTERNAL when a page or a word compiled in is wrong.
  static absl::StatusOr<Renderer> Create(SiteFacts facts);

  // Renders `page` as the answer to `request`, in the frame all pages share.
  HttpResponse Render(const HttpRequest& request, Page page) const;

  // The page for an error without one of its own.
  HttpResponse ErrorPage(const HttpRequest& request, int status) const;

  const Words& words() const { return words_; }
  const SiteFacts& facts() const { return facts_; }

 private:
  Renderer(SiteFacts facts, Words words, Templates templates)
      : facts_(std::move(facts)), words_(std::move(words)), templates_(std::move(templates)) {}

  SiteFacts facts_;
  Words words_;
  Templates templates_;
};

// The language that `request` asks for by "?lang=".
Language LanguageOf(const HttpRequest& request);

// "?lang=en", or "" for Japanese: what keeps the language on an address of ours without a query.
std::string LanguageQuery(Language language);

}  // namespace oshirase::gateway
