#include "services/gateway/view/change_pages.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

data Lines(const std::vector<std::string>& lines) {
  data list(data::type::list);
  for (const std::string& line : lines) list.push_back(data("line", line));
  return list;
}

}  // namespace

data ChangePages::ListOf(const std::vector<Difference>& differences, const ChangeView& view,
                         Language language) const {
  data list(data::type::list);
  for (const Difference& difference : differences) {
    data entry;
    entry.set("name", difference.field);
    entry.set("label", difference.label);
    entry.set("path",
              absl::StrCat(view.flow.path, "/", NameOf(difference.step), LanguageQuery(language)));
    entry.set("is_checklist", difference.field == "measure_ids");
    entry.set("before", Lines(difference.before));
    entry.set("after", Lines(difference.after));
    entry.set("has_before", !difference.before.empty());
    entry.set("has_after", !difference.after.empty());
    list.push_back(entry);
  }
  return list;
}

HttpResponse ChangePages::Check(const HttpRequest& request, const ChangeView& view,
                                const OwnVenue& venue) const {
  const Language language = LanguageOf(request);
  const auto differences = differences_.Between(view.draft.before, view.draft.form, language);
  const auto marked = differences_.NewMeasures(venue, view.draft.form, language);
  const bool issues = ChangeSheet(differences);
  Page page = steps_.StepFrame(request, {.flow = view.flow,
                                         .step = RegisterStep::kCheck,
                                         .draft = view.sealed,
                                         .opening = true,
                                         .changing = true});
  page.name = "change_check";
  page.values.set("action", absl::StrCat(view.flow.path, LanguageQuery(language)));
  page.values.set("any", !differences.empty());
  page.values.set("changes", ListOf(differences, view, language));
  page.values.set("issues", issues);
  page.values.set("has_marked", issues && !marked.empty());
  page.values.set("marked", Lines(marked));
  data others(data::type::list);
  constexpr std::pair<RegisterStep, const char*> kOthers[] = {
      {RegisterStep::kMeasures, "register.group_measures"},
      {RegisterStep::kVenue, "register.group_venue"},
      {RegisterStep::kContact, "register.group_contact"},
      {RegisterStep::kIndustry, "register.group_industry"}};
  for (const auto& [step, word] : kOthers) {
    data entry;
    entry.set("label", pages_.words().Get(language, word));
    entry.set("path", absl::StrCat(view.flow.path, "/", NameOf(step), LanguageQuery(language)));
    others.push_back(entry);
  }
  page.values.set("others", others);
  return steps_.Show(request, std::move(page));
}

HttpResponse ChangePages::Conflict(const HttpRequest& request, const ChangeView& view) const {
  const Language language = LanguageOf(request);
  Page page = {.name = "change_conflict", .status = 409};
  page.step_path = absl::StrCat(view.flow.path, "/check");
  page.values.set("action", absl::StrCat(page.step_path, LanguageQuery(language)));
  page.values.set("start_path", absl::StrCat(view.flow.start_path, LanguageQuery(language)));
  page.values.set("csrf", view.flow.csrf);
  page.values.set("draft", view.sealed);
  const auto meanwhile = differences_.Between(view.once, view.draft.before, language);
  const auto typed = differences_.Between(view.draft.before, view.draft.form, language);
  page.values.set("meanwhile", ListOf(meanwhile, view, language));
  page.values.set("changes", ListOf(typed, view, language));
  return steps_.Show(request, std::move(page));
}

HttpResponse ChangePages::Done(const HttpRequest& request, const Credential& session,
                               const OwnVenue& venue, bool issued) const {
  const bool shown = issued && venue.certificate.has_value();
  Page page = {.name = "change_done"};
  page.values.set("path", VenuePath(venue.venue_id));
  page.values.set("name", venue.details.name);
  page.values.set("issued", shown);
  if (shown) page.values.set("version", absl::StrCat(venue.certificate->version));
  return pages_.Render(request, session, std::move(page));
}

}  // namespace oshirase::gateway
