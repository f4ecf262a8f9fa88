#include "services/gateway/view/certificate_handler.h"

#include "absl/strings/str_cat.h"
#include "common/ids/public_number.h"
#include "services/gateway/forms/text.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/http/url.h"
#include "services/gateway/i18n/dates.h"
#include "services/gateway/view/fields.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;
using State = PublishedCertificate::State;
using VenueState = PublishedCertificate::VenueState;

// How a state looks: static/state-<look>.svg, the class state-<look>, and the words
// "certificate.<word>" and "certificate.<word>_text".
struct Verdict {
  const char* look;
  const char* word;
};

// What matters most to who stands at the door comes first.
Verdict VerdictOn(const PublishedCertificate& certificate) {
  if (certificate.state == State::kWithdrawn) return {"bad", "withdrawn"};
  if (certificate.venue_state == VenueState::kSuspended) return {"stopped", "suspended"};
  if (certificate.venue_state == VenueState::kClosed) return {"stopped", "closed"};
  if (certificate.state == State::kSuperseded) return {"old", "superseded"};
  return {"good", "valid"};
}

FieldSpec NumberSpec() {
  return {.name = "certificate_number", .required = true, .width = "medium"};
}

std::string PathOf(const ids::PublicNumber& number) {
  return absl::StrCat("/certificates/", ids::FormatPublicNumber(number));
}

class MeasureGroups {
 public:
  MeasureGroups(const catalogue::Catalogue& catalogue, const Words& words, Language language)
      : catalogue_(catalogue), words_(words), language_(language) {}

  // In the order of the sheet; a heading wherever the group changes.
  data Of(const std::vector<PublishedMeasure>& measures) const {
    data groups(data::type::list);
    for (size_t i = 0; i < measures.size();) {
      data list(data::type::list);
      const std::string& group = measures[i].group;
      const size_t first = i;
      for (; i < measures.size() && measures[i].group == measures[first].group; ++i) {
        list.push_back(Entry(measures[i]));
      }
      data entry;
      entry.set("name", NameOf(group));
      entry.set("measures", list);
      groups.push_back(entry);
    }
    return groups;
  }

 private:
  std::string NameOf(const std::string& id) const {
    for (const catalogue::Group& group : catalogue_.groups()) {
      if (group.id == id) return group.name.In(InfoOf(language_).code);
    }
    return words_.Get(language_, "certificate.own");
  }

  // The words of the sheet are Japanese; the catalogue has them in the others.
  data Entry(const PublishedMeasure& measure) const {
    const catalogue::Measure* known = catalogue_.FindMeasure(measure.measure_id);
    const bool translated = known != nullptr && language_ != Language::kJapanese;
    data entry;
    entry.set("text", translated ? known->text.In(InfoOf(language_).code) : measure.text);
    entry.set("japanese", !translated && language_ == Language::kEnglish);
    entry.set("is_new", measure.is_new);
    return entry;
  }

  const catalogue::Catalogue& catalogue_;
  const Words& words_;
  const Language language_;
};

}  // namespace

std::vector<Route> CertificateHandler::Routes() {
  return {{"GET", "/certificates", "certificates",
           [this](const HttpRequest& request) { return Search(request); }},
          {"GET", "/certificates/{number}", "certificate",
           [this](const HttpRequest& request) { return Show(request); }}};
}

HttpResponse CertificateHandler::Search(const HttpRequest& request) const {
  const std::string typed = CleanLine(request.Query("certificate_number"));
  if (const auto number = ids::ParsePublicNumber(typed); number.ok()) {
    return SeeOther(PathOf(*number) + LanguageQuery(LanguageOf(request)));
  }
  Page page = {.name = "certificates"};
  page.indexable = request.query.empty();
  if (request.HasQuery("certificate_number")) {
    page.problems = {{"certificate_number", typed.empty() ? "field.certificate_number_missing"
                                                          : "field.certificate_number_wrong"}};
  }
  const FieldMaker fields(parts_.renderer.words(), LanguageOf(request), page.problems);
  page.values.set("number", fields.Text(NumberSpec(), typed));
  return parts_.renderer.Render(request, std::move(page));
}

HttpResponse CertificateHandler::ShowSearch(const HttpRequest& request, const std::string& typed,
                                            const char* missing) const {
  Page page = {.name = "certificates", .status = 404};
  const Language language = LanguageOf(request);
  page.title = parts_.renderer.words().Get(language, absl::StrCat("title.certificate_", missing));
  page.values.set("missing", true);
  page.values.set("missing_text", parts_.renderer.words().Get(
                                      language, absl::StrCat("certificate.", missing, "_text")));
  const FieldMaker fields(parts_.renderer.words(), language, page.problems);
  page.values.set("number", fields.Text(NumberSpec(), typed));
  page.values.set("typed", EncodeQuery({{"number", typed}}));
  return parts_.renderer.Render(request, std::move(page));
}

HttpResponse CertificateHandler::Show(const HttpRequest& request) const {
  const std::string typed = CleanLine(request.PathValue("number"));
  const auto number = ids::ParsePublicNumber(typed);
  if (!number.ok()) return ShowSearch(request, typed, "mistyped");
  const auto found = parts_.everybody.GetCertificate(*number, CallOf(request));
  if (absl::IsNotFound(found.status())) {
    return ShowSearch(request, ids::FormatPublicNumber(*number), "unknown");
  }
  if (!found.ok()) return parts_.renderer.ErrorPage(request, HttpStatusOf(found.status()));
  return ShowFound(request, *found);
}

HttpResponse CertificateHandler::ShowFound(const HttpRequest& request,
                                           const PublishedCertificate& found) const {
  const Language language = LanguageOf(request);
  const Words& words = parts_.renderer.words();
  const Verdict verdict = VerdictOn(found);
  const std::string number = ids::FormatPublicNumber(found.number);
  const catalogue::Industry* industry = parts_.catalogue.FindIndustry(found.kind);
  Page page = {.name = "certificate"};
  page.title = words.Format(language, "title.certificate", {{"name", found.venue_name}});
  page.values.set("look", verdict.look);
  page.values.set("verdict", words.Get(language, absl::StrCat("certificate.", verdict.word)));
  page.values.set("verdict_text",
                  words.Format(language, absl::StrCat("certificate.", verdict.word, "_text"),
                               {{"prefecture", parts_.renderer.facts().prefecture_name}}));
  page.values.set("has_current", found.current_number.has_value());
  if (found.current_number) {
    page.values.set("current_path", PathOf(*found.current_number) + LanguageQuery(language));
  }
  page.values.set("name", found.venue_name);
  page.values.set("kind", industry == nullptr ? "" : industry->name.In(InfoOf(language).code));
  page.values.set("has_address", !found.address.empty());
  page.values.set("address", found.address);
  page.values.set("number", number);
  page.values.set("version", absl::StrCat(found.version));
  page.values.set("issue_time", DateOnly(language, found.issue_time));
  page.values.set("inspected", found.inspect_time.has_value());
  if (found.inspect_time) page.values.set("inspect_time", DateOnly(language, *found.inspect_time));
  page.values.set("groups", MeasureGroups(parts_.catalogue, words, language).Of(found.measures));
  page.values.set("report_query",
                  EncodeQuery({{"number", number}, {"lang", InfoOf(language).code}}));
  return parts_.renderer.Render(request, std::move(page));
}

}  // namespace oshirase::gateway
