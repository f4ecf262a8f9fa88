#include "services/gateway/view/listed_venues_handler.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/gateway/forms/text.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/http/url.h"
#include "services/gateway/i18n/dates.h"
#include "services/gateway/view/fields.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

constexpr size_t kMaxText = 100;

std::string QueryOf(const VenueSearch& search, Language language, const std::string& page_token) {
  std::vector<std::pair<std::string, std::string>> query;
  if (!search.text.empty()) query.emplace_back("q", search.text);
  if (!search.kind.empty()) query.emplace_back("kind", search.kind);
  if (!page_token.empty()) query.emplace_back("page", page_token);
  query.emplace_back("lang", InfoOf(language).code);
  return EncodeQuery(query);
}

}  // namespace

std::vector<Route> ListedVenuesHandler::Routes() {
  return {
      {"GET", "/venues", "venues", [this](const HttpRequest& request) { return Show(request); }}};
}

data ListedVenuesHandler::Kinds(const std::string& chosen, Language language) const {
  data list(data::type::list);
  for (const catalogue::Industry& industry : parts_.catalogue.industries()) {
    data kind;
    kind.set("kind", industry.kind);
    kind.set("name", industry.name.In(InfoOf(language).code));
    kind.set("chosen", industry.kind == chosen);
    list.push_back(kind);
  }
  return list;
}

data ListedVenuesHandler::Entry(const ListedVenue& venue, Language language) const {
  const catalogue::Industry* industry = parts_.catalogue.FindIndustry(venue.kind);
  data entry;
  entry.set("name", venue.name);
  entry.set("kind", industry == nullptr ? "" : industry->name.In(InfoOf(language).code));
  entry.set("place", absl::StrCat(venue.municipality, venue.address));
  entry.set("path",
            absl::StrCat("/certificates/", ids::FormatPublicNumber(venue.certificate_number),
                         LanguageQuery(language)));
  entry.set("event", venue.event_start && venue.event_end);
  if (venue.event_start) entry.set("start", DateAndTime(language, *venue.event_start));
  if (venue.event_end) entry.set("end", DateAndTime(language, *venue.event_end));
  entry.set("inspected", venue.inspect_time.has_value());
  if (venue.inspect_time) entry.set("inspect_time", DateOnly(language, *venue.inspect_time));
  return entry;
}

HttpResponse ListedVenuesHandler::Show(const HttpRequest& request) const {
  const Language language = LanguageOf(request);
  VenueSearch search = {.text = CleanLine(request.Query("q")),
                        .page_token = std::string(request.Query("page"))};
  // A kind that there is not finds nothing; better is everything.
  if (const auto* industry = parts_.catalogue.FindIndustry(request.Query("kind"))) {
    search.kind = industry->kind;
  }
  Page page = {.name = "venues"};
  page.indexable = request.query.empty();
  if (CountCharacters(search.text) > kMaxText) {
    page.problems = {{"q", "field.q_long", {{"max", absl::StrCat(kMaxText)}}}};
  }
  const FieldMaker fields(parts_.renderer.words(), language, page.problems);
  page.values.set("text", fields.Text({.name = "q", .type = "search"}, search.text));
  page.values.set("kinds", Kinds(search.kind, language));
  if (!page.problems.empty()) return parts_.renderer.Render(request, std::move(page));

  const auto found = parts_.everybody.SearchListedVenues(search, CallOf(request));
  // A page of another search, or of long ago: the first page.
  if (absl::IsInvalidArgument(found.status()) && !search.page_token.empty()) {
    return SeeOther(absl::StrCat("/venues?", QueryOf(search, language, "")));
  }
  if (!found.ok()) return parts_.renderer.ErrorPage(request, HttpStatusOf(found.status()));
  data list(data::type::list);
  for (const ListedVenue& venue : found->venues) list.push_back(Entry(venue, language));
  page.values.set("venues", list);
  page.values.set("none", found->match_count == 0);
  page.values.set("many", found->match_count >= kMaxMatchCount);
  page.values.set("some", found->match_count > 0 && found->match_count < kMaxMatchCount);
  page.values.set("count", absl::StrCat(found->match_count));
  page.values.set("has_next", !found->next_page_token.empty());
  page.values.set("next_query", QueryOf(search, language, found->next_page_token));
  page.values.set("later", !search.page_token.empty());
  page.values.set("first_query", QueryOf(search, language, ""));
  return parts_.renderer.Render(request, std::move(page));
}

}  // namespace oshirase::gateway
