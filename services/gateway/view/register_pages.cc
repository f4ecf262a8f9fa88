#include "services/gateway/view/register_pages.h"

#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/gateway/i18n/dates.h"
#include "services/gateway/view/register_fields.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

std::string PathOf(const StepFlow& flow, RegisterStep step) {
  return absl::StrCat(flow.path, "/", NameOf(step));
}

const char* PageOf(RegisterStep step) {
  switch (step) {
    case RegisterStep::kIndustry:
      return "register";
    case RegisterStep::kVenue:
      return "register_venue";
    case RegisterStep::kMeasures:
      return "register_measures";
    case RegisterStep::kContact:
      return "register_contact";
    case RegisterStep::kCheck:
      break;
  }
  return "register_check";
}

const char* HeadingOf(RegisterStep step) {
  switch (step) {
    case RegisterStep::kIndustry:
      return "register.group_industry";
    case RegisterStep::kVenue:
      return "register.group_venue";
    case RegisterStep::kMeasures:
      return "register.group_measures";
    default:
      return "register.group_contact";
  }
}

RegisterStep Neighbour(RegisterStep step, int by) {
  return static_cast<RegisterStep>(static_cast<int>(step) + by);
}

// Everything that was answered, step by step.
data Sections(const StepView& view, const catalogue::Catalogue& catalogue, const Words& words,
              Language language) {
  data sections(data::type::list);
  for (const RegisterStep step : kAskingSteps) {
    data answers(data::type::list);
    for (const Answer& answer : AnswersOf(step, view.form, catalogue, words, language)) {
      if (view.flow.in_session() && answer.field == "email") continue;
      data lines(data::type::list);
      for (const std::string& line : answer.lines) lines.push_back(data("line", line));
      data entry;
      entry.set("name", answer.field);
      entry.set("label", answer.label);
      entry.set("lines", lines);
      answers.push_back(entry);
    }
    data section;
    section.set("heading", words.Get(language, HeadingOf(step)));
    section.set("path", absl::StrCat(PathOf(view.flow, step), LanguageQuery(language)));
    section.set("answers", answers);
    sections.push_back(section);
  }
  return sections;
}

}  // namespace

Page RegisterPages::StepFrame(const HttpRequest& request, const StepView& view) const {
  const std::string language = LanguageQuery(LanguageOf(request));
  const StepFlow& flow = view.flow;
  const bool last = view.step == RegisterStep::kCheck;
  const bool first = view.opening || (view.step == RegisterStep::kIndustry && !view.changing);
  Page page = {.name = PageOf(view.step)};
  page.problems = view.problems;
  // The first page has nothing to lose by a link, and search engines may show it.
  page.indexable = first && view.draft.empty();
  if (!page.indexable) page.step_path = PathOf(flow, view.step);

  const RegisterStep next = view.changing ? RegisterStep::kCheck : Neighbour(view.step, 1);
  page.values.set("action", absl::StrCat(last ? flow.path : PathOf(flow, next), language));
  if (!first) {
    const RegisterStep back = view.changing ? RegisterStep::kCheck : Neighbour(view.step, -1);
    page.values.set("back_path", absl::StrCat(PathOf(flow, back), language));
  }
  page.values.set("start_path", absl::StrCat(flow.start_path, language));
  page.values.set("in_session", flow.in_session());
  page.values.set("csrf", flow.csrf);
  page.values.set("marking", flow.marking);
  page.values.set("draft", view.draft);
  page.values.set("step", NameOf(view.step));
  page.values.set("changing", view.changing);
  page.values.set("opening", view.opening);
  page.values.set("number", absl::StrCat(static_cast<int>(view.step) + 1));
  page.values.set("total", absl::StrCat(std::size(kAskingSteps) + 1));
  return page;
}

HttpResponse RegisterPages::Step(const HttpRequest& request, const StepView& view) const {
  const Language language = LanguageOf(request);
  const Words& words = renderer_.words();
  const FieldMaker fields(words, language, view.problems, view.focus);
  const bool is_event = IsEvent(view.form, catalogue_);
  Page page = StepFrame(request, view);
  switch (view.step) {
    case RegisterStep::kIndustry:
      AddIndustryValues(view.form, catalogue_, language, fields, page.values);
      break;
    case RegisterStep::kVenue:
      if (is_event) page.title = words.Get(language, "title.register_event");
      AddVenueValues(view.form, is_event, fields, page.values);
      page.values.set("fillable", view.fillable);
      page.values.set("several_towns", view.several_towns);
      break;
    case RegisterStep::kMeasures:
      AddMeasureValues(view.form, *catalogue_.FindIndustry(view.form.kind), language, fields,
                       page.values);
      break;
    case RegisterStep::kContact:
      AddContactValues(view.form, !view.flow.in_session(), fields, page.values);
      if (view.flow.in_session()) page.title = words.Get(language, "change.contact_title");
      break;
    case RegisterStep::kCheck:
      page.values.set("sections", Sections(view, catalogue_, words, language));
      page.values.set("email", view.form.email);
      break;
  }
  return Show(request, std::move(page));
}

HttpResponse RegisterPages::Show(const HttpRequest& request, Page page) const {
  HttpResponse response = renderer_.Render(request, std::move(page));
  // Without this the way back in a browser ends in an error of its own: it may not keep the page,
  // and asks nobody for the answer to a form again. The browser alone keeps it, for the way back
  // alone.
  if (request.method == "POST") response.headers.emplace_back("Cache-Control", "private, no-cache");
  return response;
}

HttpResponse RegisterPages::Again(const HttpRequest& request, const StepFlow& flow,
                                  const std::string& draft, int status) const {
  const bool many = status == 429;
  Page page = {.name = "register_again", .status = status};
  if (many) page.title = renderer_.words().Get(LanguageOf(request), "title.register_many");
  // Another language shows the answers again, from where they can be sent.
  page.step_path = PathOf(flow, RegisterStep::kCheck);
  page.values.set("action", absl::StrCat(flow.path, LanguageQuery(LanguageOf(request))));
  page.values.set("back_path", absl::StrCat(page.step_path, LanguageQuery(LanguageOf(request))));
  page.values.set("in_session", flow.in_session());
  page.values.set("csrf", flow.csrf);
  page.values.set("draft", draft);
  page.values.set("many", many);
  return renderer_.Render(request, std::move(page));
}

HttpResponse RegisterPages::Sent(const HttpRequest& request, const SentMail& mail) const {
  Page page = {.name = "register_sent"};
  page.values.set("email", mail.email);
  page.values.set("receipt_number", mail.receipt_number);
  page.values.set("expire_time", DateAndTime(LanguageOf(request), mail.expire_time));
  return renderer_.Render(request, std::move(page));
}

}  // namespace oshirase::gateway
