#include "services/gateway/view/upkeep_handler.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/gateway/forms/own_form.h"
#include "services/gateway/forms/register_checks.h"
#include "services/gateway/forms/text.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/http/url.h"
#include "services/gateway/i18n/dates.h"
#include "services/gateway/qr/oa_message.h"
#include "services/gateway/qr/qr_code.h"
#include "services/gateway/view/fields.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

constexpr absl::Duration kSentLifetime = absl::Hours(1);
constexpr int kPngPixels = 12;

struct DocumentFile {
  const char* file;
  Document document;
  const char* word;  // Its name; with "_hint" what it is for.
};
constexpr DocumentFile kDocuments[] = {
    {"certificate.pdf", Document::kCertificate, "upkeep.certificate"},
    {"poster.pdf", Document::kPoster, "upkeep.poster"},
    {"table-tent.pdf", Document::kTableTent, "upkeep.table_tent"},
    {"stickers.pdf", Document::kStickers, "upkeep.stickers"},
};

FieldSpec EmailSpec() {
  return {.name = "email", .required = true, .type = "email", .autocomplete = "email"};
}

HttpResponse File(const std::string& name, const std::string& type, std::string body) {
  HttpResponse response;
  response.content_type = type;
  response.body = std::move(body);
  response.headers.emplace_back("Content-Disposition",
                                absl::StrCat("attachment; filename=\"", name, "\""));
  return response;
}

data DocumentList(const Words& words, Language language) {
  data list(data::type::list);
  for (const DocumentFile& file : kDocuments) {
    const std::string name = words.Get(language, file.word);
    data entry;
    entry.set("file", file.file);
    entry.set("label", words.Format(language, "upkeep.pdf", {{"document", name}}));
    entry.set("hint", words.Get(language, absl::StrCat(file.word, "_hint")));
    list.push_back(entry);
  }
  return list;
}

std::string VenuePath(const std::string& venue_id) {
  return absl::StrCat("/upkeep/venues/", EncodePath(venue_id));
}

}  // namespace

UpkeepHandler::UpkeepHandler(Parts parts, std::string bot_basic_id,
                             const crypto::SecretKey& form_key)
    : parts_(std::move(parts)),
      bot_basic_id_(std::move(bot_basic_id)),
      sent_seal_(form_key, "oshirase upkeep sent 1", kSentLifetime, parts_.clock) {}

std::vector<Route> UpkeepHandler::Routes() {
  return {
      {"GET", "/upkeep/link", "upkeep_link",
       [this](const HttpRequest& request) { return ShowLinkForm(request); }},
      {"POST", "/upkeep/link", "upkeep_link_send",
       [this](const HttpRequest& request) { return SendLink(request); }},
      {"GET", "/upkeep/link/sent", "upkeep_link_sent",
       [this](const HttpRequest& request) { return ShowLinkSent(request); }},
      {"GET", "/upkeep", "upkeep", WithSession(&UpkeepHandler::ShowVenues)},
      {"GET", "/upkeep/venues/{venue_id}", "upkeep_venue", WithSession(&UpkeepHandler::ShowVenue)},
      {"GET", "/upkeep/venues/{venue_id}/{file}", "upkeep_file",
       WithSession(&UpkeepHandler::Download)},
      {"POST", "/upkeep/leave", "upkeep_leave", WithSession(&UpkeepHandler::Leave)}};
}

HttpHandler UpkeepHandler::WithSession(SessionPage page) const {
  return [this, page](const HttpRequest& request) {
    const auto session = parts_.sessions.Of(request);
    if (!session) return ShowFailure(request, absl::UnauthenticatedError("no session"));
    return (this->*page)(request, *session);
  };
}

HttpResponse UpkeepHandler::ShowFailure(const HttpRequest& request,
                                        const absl::Status& status) const {
  if (!absl::IsUnauthenticated(status)) {
    return parts_.renderer.ErrorPage(request, HttpStatusOf(status));
  }
  const std::string language = InfoOf(LanguageOf(request)).code;
  HttpResponse response =
      SeeOther(absl::StrCat("/upkeep/link?ended&", EncodeQuery({{"lang", language}})));
  parts_.sessions.End(response);
  return response;
}

HttpResponse UpkeepHandler::LinkForm(const HttpRequest& request, const std::string& email,
                                     std::vector<FormProblem> problems) const {
  Page page = {.name = "upkeep_link", .problems = std::move(problems)};
  const FieldMaker fields(parts_.renderer.words(), LanguageOf(request), page.problems);
  page.values.set("email", fields.Text(EmailSpec(), email));
  page.values.set("ended", request.HasQuery("ended"));
  page.values.set("left", request.HasQuery("left"));
  return parts_.renderer.Render(request, std::move(page));
}

HttpResponse UpkeepHandler::ShowLinkForm(const HttpRequest& request) const {
  return LinkForm(request, "", {});
}

HttpResponse UpkeepHandler::SendLink(const HttpRequest& request) const {
  const auto body = ReadOwnForm(request, parts_.renderer.facts().public_url);
  if (!body.ok()) return RefuseForm(parts_.renderer, request, body.status());
  const std::string email = CleanLine(FieldOf(*body, "email"));
  if (auto problems = CheckEmail(email); !problems.empty()) {
    return LinkForm(request, email, std::move(problems));
  }
  const absl::Status status = parts_.business.RequestUpkeepLink(email, CallOf(request));
  // Too many mails were sent to it already: look there. Nobody learns whether the address is known.
  if (!status.ok() && ReasonOf(status) != "TOO_MANY_MAILS") return ShowFailure(request, status);
  const std::string language = InfoOf(LanguageOf(request)).code;
  return SeeOther(absl::StrCat("/upkeep/link/sent?",
                               EncodeQuery({{"t", sent_seal_.Seal(email)}, {"lang", language}})));
}

HttpResponse UpkeepHandler::ShowLinkSent(const HttpRequest& request) const {
  const auto email = sent_seal_.Open(request.Query("t"));
  if (!email.ok()) return RefuseForm(parts_.renderer, request, email.status());
  Page page = {.name = "upkeep_link_sent"};
  page.values.set("email", *email);
  return parts_.renderer.Render(request, std::move(page));
}

HttpResponse UpkeepHandler::ShowVenues(const HttpRequest& request,
                                       const Credential& session) const {
  const auto venues =
      parts_.business.ListOwnVenues(session, std::string(request.Query("page")), CallOf(request));
  if (!venues.ok()) return ShowFailure(request, venues.status());
  const Language language = LanguageOf(request);
  data list(data::type::list);
  for (const OwnVenue& venue : venues->venues) {
    data entry;
    entry.set("path", VenuePath(venue.venue_id));
    entry.set("name", venue.details.name);
    entry.set("place", absl::StrCat(venue.details.municipality, venue.details.address));
    list.push_back(entry);
  }
  Page page = {.name = "upkeep"};
  page.values.set("venues", list);
  page.values.set("has_next", !venues->next_page_token.empty());
  page.values.set("next_query", EncodeQuery({{"page", venues->next_page_token},
                                             {"lang", InfoOf(language).code}}));
  page.values.set("csrf", parts_.sessions.CsrfToken(session));
  return parts_.renderer.Render(request, std::move(page));
}

HttpResponse UpkeepHandler::ShowVenue(const HttpRequest& request, const Credential& session) const {
  const auto venue = parts_.business.GetOwnVenue(
      session, std::string(request.PathValue("venue_id")), CallOf(request));
  if (!venue.ok()) return ShowFailure(request, venue.status());
  const Language language = LanguageOf(request);
  const Words& words = parts_.renderer.words();
  const bool done = request.HasQuery("done");
  Page page = {.name = "upkeep_venue"};
  page.title = done ? words.Get(language, "title.upkeep_venue_done") : venue->details.name;
  page.values.set("done", done);
  page.values.set("path", VenuePath(venue->venue_id));
  page.values.set("name", venue->details.name);
  page.values.set("code", ids::FormatVenueCode(venue->code));
  page.values.set("oa_message", OaMessageUrl(bot_basic_id_, venue->code));
  page.values.set("certificate_number", ids::FormatPublicNumber(venue->certificate_number));
  page.values.set("issue_time", DateOnly(language, venue->issue_time));
  page.values.set("documents", DocumentList(words, language));
  page.values.set("csrf", parts_.sessions.CsrfToken(session));
  return parts_.renderer.Render(request, std::move(page));
}

HttpResponse UpkeepHandler::Download(const HttpRequest& request, const Credential& session) const {
  const std::string_view file = request.PathValue("file");
  if (file == "qr.png" || file == "qr.svg") return DownloadQr(request, session, file == "qr.png");
  for (const DocumentFile& known : kDocuments) {
    if (file != known.file) continue;
    auto bytes = parts_.business.RenderDocument(session, std::string(request.PathValue("venue_id")),
                                                known.document, CallOf(request));
    if (!bytes.ok()) return ShowFailure(request, bytes.status());
    return File(known.file, "application/pdf", *std::move(bytes));
  }
  return parts_.renderer.ErrorPage(request, 404);
}

HttpResponse UpkeepHandler::DownloadQr(const HttpRequest& request, const Credential& session,
                                       bool png) const {
  const auto venue = parts_.business.GetOwnVenue(
      session, std::string(request.PathValue("venue_id")), CallOf(request));
  if (!venue.ok()) return ShowFailure(request, venue.status());
  const auto code = EncodeQr(OaMessageUrl(bot_basic_id_, venue->code));
  if (!code.ok()) return parts_.renderer.ErrorPage(request, 500);
  return png ? File("qr.png", "image/png", QrPng(*code, kPngPixels))
             : File("qr.svg", "image/svg+xml", QrSvg(*code));
}

HttpResponse UpkeepHandler::Leave(const HttpRequest& request, const Credential& session) const {
  const auto body = parts_.sessions.ReadForm(request, session);
  if (!body.ok()) return RefuseForm(parts_.renderer, request, body.status());
  const absl::Status closed = parts_.business.CloseSession(session.secret, CallOf(request));
  if (!closed.ok()) return ShowFailure(request, closed);
  const std::string language = InfoOf(LanguageOf(request)).code;
  HttpResponse response =
      SeeOther(absl::StrCat("/upkeep/link?left&", EncodeQuery({{"lang", language}})));
  parts_.sessions.End(response);
  return response;
}

}  // namespace oshirase::gateway
