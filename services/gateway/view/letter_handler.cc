#include "services/gateway/view/letter_handler.h"

#include "absl/strings/str_cat.h"
#include "common/crypto/keyed_hash.h"
#include "common/ids/public_number.h"
#include "common/ids/uuid.h"
#include "common/log/log.h"
#include "common/status/errors.h"
#include "services/gateway/backends/field_problems.h"
#include "services/gateway/forms/own_form.h"
#include "services/gateway/forms/register_checks.h"
#include "services/gateway/forms/text.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/http/url.h"
#include "services/gateway/view/fields.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;
using Input = LetterField::Input;

constexpr absl::Duration kPageLifetime = absl::Hours(24);
constexpr absl::Duration kSentLifetime = absl::Hours(24);

const char* NameOf(LetterKind kind) { return kind == LetterKind::kEnquiry ? "enquiry" : "report"; }

FieldSpec SpecOf(const LetterField& field) {
  FieldSpec spec = {.name = field.name, .required = field.required};
  if (field.input == Input::kEmail) {
    spec.type = "email";
    spec.autocomplete = "email";
    // Without one, the desk cannot ask back; that is all.
    spec.label = field.required ? "field.reply_email_label" : "field.reply_email_label_optional";
  } else if (spec.name == "sender") {
    spec.autocomplete = "organization";
  } else if (spec.name == "certificate_number") {
    spec.width = "medium";
  }
  return spec;
}

data Choices(const Letter& letter, const Words& words, Language language) {
  data list(data::type::list);
  // The first choice bears the field's own name, so that the summary of problems leads there.
  std::string id = "what";
  for (const char* subject : ReportSubjects()) {
    data choice;
    choice.set("id", id);
    choice.set("value", subject);
    choice.set("name", words.Get(language, absl::StrCat("letter.", subject)));
    choice.set("chosen", letter.find("what") != letter.end() && letter.at("what") == subject);
    list.push_back(choice);
    id = absl::StrCat("what-", subject);
  }
  return list;
}

}  // namespace

LetterHandler::LetterHandler(Parts parts, const crypto::SecretKey& form_key)
    : parts_(std::move(parts)),
      page_seal_(form_key, "oshirase letter page 1", kPageLifetime, parts_.clock),
      sent_seal_(form_key, "oshirase letter sent 1", kSentLifetime, parts_.clock),
      id_key_(crypto::DeriveKey(form_key, "oshirase letter id 1")) {}

std::vector<Route> LetterHandler::Routes() {
  std::vector<Route> routes;
  for (const LetterKind kind : {LetterKind::kEnquiry, LetterKind::kReport}) {
    const std::string name = NameOf(kind);
    const std::string path = absl::StrCat("/", name);
    routes.push_back({"GET", path, name,
                      [this, kind](const HttpRequest& request) { return Show(request, kind); }});
    routes.push_back({"POST", path, absl::StrCat(name, "_send"),
                      [this, kind](const HttpRequest& request) { return Send(request, kind); }});
    routes.push_back(
        {"GET", absl::StrCat(path, "/sent"), absl::StrCat(name, "_sent"),
         [this, kind](const HttpRequest& request) { return ShowSent(request, kind); }});
  }
  return routes;
}

HttpResponse LetterHandler::Show(const HttpRequest& request, LetterKind kind) const {
  View view = {.kind = kind, .page = page_seal_.Seal(ids::NewUuid())};
  // A certificate's page leads here with its number.
  if (kind == LetterKind::kReport) {
    view.letter["certificate_number"] = CleanLine(request.Query("number"));
  }
  return ShowForm(request, std::move(view));
}

HttpResponse LetterHandler::Send(const HttpRequest& request, LetterKind kind) const {
  const auto body = ReadOwnForm(request, parts_.renderer.facts().public_url);
  if (!body.ok()) return RefuseForm(parts_.renderer, request, body.status());
  View view = {.kind = kind, .letter = ReadLetter(kind, *body), .page = FieldOf(*body, "page")};
  const auto page_id = page_seal_.Open(view.page);
  if (!page_id.ok()) return RefuseForm(parts_.renderer, request, page_id.status());
  view.problems = CheckLetter(kind, view.letter);
  if (!view.problems.empty()) return ShowForm(request, std::move(view));

  const std::string id = LetterRequestId(id_key_, *page_id, view.letter);
  const auto number =
      kind == LetterKind::kEnquiry
          ? parts_.everybody.SubmitEnquiry(ToEnquiry(view.letter, id), CallOf(request))
          : parts_.everybody.SubmitReport(ToReport(view.letter, id), CallOf(request));
  if (!number.ok()) return ShowRefusal(request, std::move(view), number.status());
  return SeeOther(absl::StrCat(
      "/", NameOf(kind), "/sent?",
      EncodeQuery({{"t", sent_seal_.Seal(*number)}, {"lang", InfoOf(LanguageOf(request)).code}})));
}

HttpResponse LetterHandler::ShowRefusal(const HttpRequest& request, View view,
                                        const absl::Status& status) const {
  LogWarning("letter refused", {{"code", absl::StatusCodeToString(status.code())},
                                {"request_id", request.request_id}});
  if (ReasonOf(status) == "TOO_MANY_MAILS") {
    view.problems = {{"reply_email", "field.reply_email_many"}};
    return ShowForm(request, std::move(view));
  }
  for (const std::string& refused : FieldProblemsOf(status)) {
    const std::string field = LetterFieldOf(view.kind, refused);
    if (!field.empty()) view.problems.push_back(RefusedField(field));
  }
  view.status = HttpStatusOf(status);
  // What was typed is not lost: it can be sent again.
  if (!view.problems.empty() || view.status == 503) return ShowForm(request, std::move(view));
  return parts_.renderer.ErrorPage(request, view.status);
}

HttpResponse LetterHandler::ShowForm(const HttpRequest& request, View view) const {
  const Language language = LanguageOf(request);
  const Words& words = parts_.renderer.words();
  const bool untouched = request.method == "GET";
  Page page = {.name = NameOf(view.kind), .status = view.status, .problems = view.problems};
  page.indexable = untouched && request.query.empty();
  const FieldMaker fields(words, language, page.problems);
  data list(data::type::list);
  for (const LetterField& field : LetterFields(view.kind)) {
    const std::string& value = view.letter[field.name];
    if (field.input == Input::kLines) list.push_back(fields.Area(SpecOf(field), value));
    if (field.input == Input::kLine || field.input == Input::kEmail) {
      list.push_back(fields.Text(SpecOf(field), value));
    }
  }
  page.values.set("fields", list);
  page.values.set("choices", Choices(view.letter, words, language));
  page.values.set("what_wrong", !fields.ProblemAt("what").empty());
  page.values.set("what_problem", fields.ProblemAt("what"));
  page.values.set("page", view.page);
  page.values.set("not_sent", page.problems.empty() && view.status == 503);
  HttpResponse response = parts_.renderer.Render(request, std::move(page));
  // As for the registration: the browser's own way back shows what was typed.
  if (!untouched) response.headers.emplace_back("Cache-Control", "private, no-cache");
  return response;
}

HttpResponse LetterHandler::ShowSent(const HttpRequest& request, LetterKind kind) const {
  const auto number = sent_seal_.Open(request.Query("t"));
  if (!number.ok()) return RefuseForm(parts_.renderer, request, number.status());
  Page page = {.name = "letter_sent"};
  if (kind == LetterKind::kReport) {
    page.title = parts_.renderer.words().Get(LanguageOf(request), "title.letter_sent_report");
  }
  const auto parsed = ids::ParsePublicNumber(*number);
  page.values.set("number", parsed.ok() ? ids::FormatPublicNumber(*parsed) : *number);
  page.values.set("enquiry", kind == LetterKind::kEnquiry);
  return parts_.renderer.Render(request, std::move(page));
}

}  // namespace oshirase::gateway
