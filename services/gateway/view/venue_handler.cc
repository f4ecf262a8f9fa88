#include "services/gateway/view/venue_handler.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/oa_message.h"
#include "common/qr/qr_picture.h"
#include "common/status/errors.h"
#include "services/gateway/forms/register_form.h"
#include "services/gateway/i18n/dates.h"
#include "services/gateway/view/documents.h"
#include "services/gateway/view/handler_support.h"
#include "services/gateway/view/register_fields.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

constexpr int kPngPixels = 12;

HttpResponse File(const std::string& name, const std::string& type, std::string body) {
  HttpResponse response;
  response.content_type = type;
  response.body = std::move(body);
  response.headers.emplace_back("Content-Disposition",
                                absl::StrCat("attachment; filename=\"", name, "\""));
  return response;
}

data DocumentList(const Words& words, Language language, bool has_certificate) {
  data list(data::type::list);
  for (const DocumentInfo& info : Documents()) {
    if (info.document == Document::kCertificate && !has_certificate) continue;
    const std::string name = words.Get(language, info.word);
    data entry;
    entry.set("file", absl::StrCat(info.name, ".pdf"));
    entry.set("label", words.Format(language, "upkeep.pdf", {{"document", name}}));
    entry.set("hint", words.Get(language, absl::StrCat(info.word, "_hint")));
    list.push_back(entry);
  }
  return list;
}

// The measures as the sheet has them; in other languages the catalogue's words, where it has any.
data MeasureList(const OwnVenue& venue, const catalogue::Catalogue& catalogue, Language language) {
  data list(data::type::list);
  const auto add = [&](const std::string& id, const std::string& text, bool is_new) {
    const catalogue::Measure* known = catalogue.FindMeasure(id);
    const bool translated = known != nullptr && language != Language::kJapanese;
    data entry;
    entry.set("text", translated ? known->text.In(InfoOf(language).code) : text);
    entry.set("is_new", is_new);
    list.push_back(entry);
  };
  if (venue.certificate) {
    for (const DeclaredMeasure& measure : venue.certificate->measures) {
      add(measure.measure_id, measure.text, measure.is_new);
    }
    return list;
  }
  for (const std::string& id : venue.details.measure_ids) {
    const catalogue::Measure* known = catalogue.FindMeasure(id);
    add(id, known == nullptr ? id : known->text.In("ja"), false);
  }
  for (const std::string& text : venue.details.own_measures) add("", text, false);
  return list;
}

data AnswerList(const std::vector<Answer>& answers) {
  data list(data::type::list);
  for (const Answer& answer : answers) {
    data lines(data::type::list);
    for (const std::string& line : answer.lines) lines.push_back(data("line", line));
    data entry;
    entry.set("label", answer.label);
    entry.set("lines", lines);
    list.push_back(entry);
  }
  return list;
}

// What the business told, section by section, but for the measures.
data Sections(const OwnVenue& venue, const catalogue::Catalogue& catalogue, const Words& words,
              Language language) {
  constexpr std::pair<RegisterStep, const char*> kSections[] = {
      {RegisterStep::kIndustry, "register.group_industry"},
      {RegisterStep::kVenue, "register.group_venue"},
      {RegisterStep::kContact, "register.group_contact"}};
  const RegisterForm form = ToForm(venue.details);
  data list(data::type::list);
  for (const auto& [step, heading] : kSections) {
    data entry;
    entry.set("heading", words.Get(language, heading));
    entry.set("step", NameOf(step));
    entry.set("answers", AnswerList(AnswersOf(step, form, catalogue, words, language)));
    list.push_back(entry);
  }
  return list;
}

void AddCertificateValues(const OwnVenue& venue, Language language, data& page) {
  page.set("has_certificate", venue.certificate.has_value());
  if (venue.certificate) {
    page.set("certificate_number", ids::FormatPublicNumber(venue.certificate->number));
    page.set("version", absl::StrCat(venue.certificate->version));
    page.set("issue_time", DateOnly(language, venue.certificate->issue_time));
    page.set("withdrawn", venue.certificate->withdrawn);
  }
  page.set("has_inspection", venue.inspect_time.has_value());
  if (venue.inspect_time) page.set("inspect_time", DateOnly(language, *venue.inspect_time));
  page.set("has_old_code", venue.old_code_end.has_value());
  if (venue.old_code_end) page.set("old_code_end", DateAndTime(language, *venue.old_code_end));
}

}  // namespace

VenueHandler::VenueHandler(Parts parts, std::string bot_basic_id)
    : parts_(std::move(parts)), bot_basic_id_(std::move(bot_basic_id)) {}

std::vector<Route> VenueHandler::Routes() {
  const auto page = [this](auto show) {
    return parts_.pages.ForPage(
        [this, show](const HttpRequest& request, const Credential& session) {
          return (this->*show)(request, session);
        });
  };
  return {
      {"GET", "/upkeep/venues/{venue_id}", "upkeep_venue", page(&VenueHandler::ShowVenue)},
      {"GET", "/upkeep/venues/{venue_id}/{file}", "upkeep_file", page(&VenueHandler::Download)}};
}

HttpResponse VenueHandler::ShowVenue(const HttpRequest& request, const Credential& session) const {
  const auto venue = parts_.business.GetOwnVenue(session, VenueIdIn(request), CallOf(request));
  if (!venue.ok()) return parts_.pages.Failure(request, venue.status());
  const Language language = LanguageOf(request);
  const Words& words = parts_.pages.words();
  const bool done = request.HasQuery("done");
  Page page = {.name = "upkeep_venue"};
  page.title = done ? words.Get(language, "title.upkeep_venue_done") : venue->details.name;
  data& values = page.values;
  values.set("done", done);
  values.set("path", VenuePath(venue->venue_id));
  values.set("name", venue->details.name);
  values.set("is_open", venue->state == OwnVenue::State::kOpen);
  values.set("is_closed", venue->state == OwnVenue::State::kClosed);
  values.set("is_suspended", venue->state == OwnVenue::State::kSuspended);
  values.set("may_have_rooms", venue->details.parent_venue_id.empty());
  if (const std::string& parent = venue->details.parent_venue_id; !parent.empty()) {
    values.set("parent_path", VenuePath(parent));
  }
  values.set("code", ids::FormatVenueCode(venue->code));
  values.set("oa_message", ids::OaMessageUrl(bot_basic_id_, venue->code));
  values.set("documents", DocumentList(words, language, venue->certificate.has_value()));
  values.set("measures", MeasureList(*venue, parts_.catalogue, language));
  values.set("sections", Sections(*venue, parts_.catalogue, words, language));
  AddCertificateValues(*venue, language, values);
  return parts_.pages.Render(request, session, std::move(page));
}

HttpResponse VenueHandler::Download(const HttpRequest& request, const Credential& session) const {
  const std::string_view file = request.PathValue("file");
  if (file == "qr.png" || file == "qr.svg") return DownloadQr(request, session, file == "qr.png");
  for (const DocumentInfo& info : Documents()) {
    const std::string name = absl::StrCat(info.name, ".pdf");
    if (file != name) continue;
    auto bytes =
        parts_.business.RenderDocument(session, VenueIdIn(request), info.document, CallOf(request));
    if (ReasonOf(bytes.status()) == "NO_CERTIFICATE") {
      return parts_.pages.renderer().ErrorPage(request, 404);
    }
    if (!bytes.ok()) return parts_.pages.Failure(request, bytes.status());
    return File(name, "application/pdf", *std::move(bytes));
  }
  return parts_.pages.renderer().ErrorPage(request, 404);
}

HttpResponse VenueHandler::DownloadQr(const HttpRequest& request, const Credential& session,
                                      bool png) const {
  const auto venue = parts_.business.GetOwnVenue(session, VenueIdIn(request), CallOf(request));
  if (!venue.ok()) return parts_.pages.Failure(request, venue.status());
  const auto code =
      qr::Encode(ids::OaMessageUrl(bot_basic_id_, venue->code), qr::Recovery::kMedium);
  if (!code.ok()) return parts_.pages.renderer().ErrorPage(request, 500);
  return png ? File("qr.png", "image/png", qr::Png(*code, kPngPixels))
             : File("qr.svg", "image/svg+xml", qr::Svg(*code));
}

}  // namespace oshirase::gateway
