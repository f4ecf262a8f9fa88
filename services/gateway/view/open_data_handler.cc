#include "services/gateway/view/open_data_handler.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/csv/csv_writer.h"
#include "common/status/macros.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/open_data/prefecture_code.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

// Whoever takes a file more slowly than this gets no whole one.
constexpr absl::Duration kPatience = absl::Minutes(2);

// One of the downloads that may run at once, given back at its end.
std::shared_ptr<void> TakePlace(const std::shared_ptr<std::atomic<int>>& downloads) {
  if (downloads->fetch_add(1) >= OpenDataHandler::kMaxDownloads) {
    downloads->fetch_sub(1);
    return nullptr;
  }
  return {downloads.get(), [downloads](void*) { downloads->fetch_sub(1); }};
}

// The venues of `first`, then of `reader`, as `format` has them.
class VenueFile {
 public:
  VenueFile(std::unique_ptr<ListedVenueReader> reader, std::vector<ListedVenue> first, bool csv,
            Publisher publisher)
      : reader_(std::move(reader)),
        venues_(std::move(first)),
        csv_(csv),
        publisher_(std::move(publisher)) {}

  // As BodyPieces.
  absl::StatusOr<std::string> Next() {
    if (ended_) return "";
    std::string piece = began_ ? ""
                        : csv_ ? absl::StrCat(std::string(kCsvMark), VenueCsvHead())
                               : "[";
    began_ = true;
    if (venues_.empty()) {
      ended_ = true;
      if (!csv_) piece += "\n]\n";
      return piece;
    }
    for (const ListedVenue& venue : venues_) {
      if (csv_) {
        piece += VenueCsvRow(venue, publisher_);
      } else {
        absl::StrAppend(&piece, any_ ? ",\n" : "\n", VenueJson(venue, publisher_));
      }
      any_ = true;
    }
    ASSIGN_OR_RETURN(venues_, reader_->Next());
    return piece;
  }

 private:
  const std::unique_ptr<ListedVenueReader> reader_;
  std::vector<ListedVenue> venues_;
  const bool csv_;
  const Publisher publisher_;
  bool began_ = false;
  bool any_ = false;
  bool ended_ = false;
};

}  // namespace

OpenDataHandler::OpenDataHandler(PublicClient& everybody, const Renderer& renderer)
    : everybody_(everybody),
      renderer_(renderer),
      publisher_({.prefecture_name = renderer.facts().prefecture_name,
                  .prefecture_code = PrefectureCode(renderer.facts().prefecture_name),
                  .public_url = renderer.facts().public_url}) {}

std::vector<Route> OpenDataHandler::Routes() {
  return {{"GET", "/open-data", "open_data",
           [this](const HttpRequest& request) { return Show(request); }},
          {"GET", "/open-data/venues.csv", "open_data_csv",
           [this](const HttpRequest& request) { return Download(request, Format::kCsv); }},
          {"GET", "/open-data/venues.json", "open_data_json",
           [this](const HttpRequest& request) { return Download(request, Format::kJson); }}};
}

HttpResponse OpenDataHandler::Show(const HttpRequest& request) const {
  const Language language = LanguageOf(request);
  data columns(data::type::list);
  for (const VenueColumn& column : VenueColumns()) {
    data entry;
    entry.set("name", column.name);
    entry.set("text", renderer_.words().Get(language, absl::StrCat("open_data.", column.word)));
    columns.push_back(entry);
  }
  Page page = {.name = "open_data", .indexable = true};
  page.values.set("columns", columns);
  page.values.set("public_url", publisher_.public_url);
  return renderer_.Render(request, std::move(page));
}

HttpResponse OpenDataHandler::Download(const HttpRequest& request, Format format) {
  const bool csv = format == Format::kCsv;
  const auto place = TakePlace(downloads_);
  if (place == nullptr) return renderer_.ErrorPage(request, 503);
  CallContext call = CallOf(request);
  call.deadline = absl::Now() + kPatience;
  auto reader = everybody_.ReadListedVenues(call);
  // As long as nothing has been sent, an error can still be told.
  auto first = reader->Next();
  if (!first.ok()) return renderer_.ErrorPage(request, HttpStatusOf(first.status()));

  HttpResponse response;
  response.content_type = csv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
  auto file = std::make_shared<VenueFile>(std::move(reader), *std::move(first), csv, publisher_);
  response.pieces = [file, place] { return file->Next(); };
  response.headers = {{"Content-Disposition",
                       absl::StrCat("attachment; filename=\"venues.", csv ? "csv" : "json", "\"")},
                      {"Cache-Control", "public, max-age=300"},
                      // For programs of others in a browser.
                      {"Access-Control-Allow-Origin", "*"},
                      {"Cross-Origin-Resource-Policy", "cross-origin"}};
  return response;
}

}  // namespace oshirase::gateway
