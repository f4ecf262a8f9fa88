#include "services/gateway/api/bulk_api.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/gateway/api/member_reader.h"
#include "services/gateway/api/negotiation.h"
#include "services/gateway/api/strict_json.h"
#include "services/gateway/api/venue_json.h"
#include "services/gateway/backends/field_problems.h"
#include "services/gateway/forms/venue_csv.h"
#include "services/gateway/view/csv_handler.h"
#include "services/gateway/view/documents.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

using Json = nlohmann::json;
using nlohmann::ordered_json;

constexpr char kImportPurpose[] = "oshirase api import 1";
constexpr const char* kImportTypes[] = {kJsonType, kCsvType};
// Nobody reads more at once; after correcting these the next ones come.
constexpr size_t kMaxPlaces = 1000;
// As long as a bundle is kept.
constexpr absl::Duration kDownloadTime = absl::Minutes(30);

Problem Invalid(std::vector<ProblemPlace> places) {
  if (places.size() > kMaxPlaces) places.resize(kMaxPlaces);
  return RequestInvalid(std::move(places));
}

// "bulk.unknown_kind" is the reason UNKNOWN_KIND.
std::string ReasonOfWord(const std::string& word) {
  return absl::AsciiStrToUpper(word.substr(word.find('.') + 1));
}

// Whether rows shall only be checked; a problem when the query says it in words of its own.
OrProblem<bool> CheckOnlyIn(const HttpRequest& request) {
  const std::string_view value = request.Query("check_only");
  if (value.empty() || value == "false") return false;
  if (value == "true") return true;
  return Problem{.kind = "invalid-parameter",
                 .places = {{ProblemPlace::Kind::kParameter, "check_only", 0, "NOT_ONE_OF", ""}}};
}

const char* StateOf(const Bundle& bundle) {
  if (bundle.failed) return "failed";
  return bundle.finished ? "done" : "drawing";
}

ordered_json BundleJson(const std::string& id, const Bundle& bundle) {
  const std::string self = absl::StrCat("/api/v1/bundles/", id);
  const std::string format = bundle.format == BundleFormat::kZip ? "zip" : "pdf";
  return {{"bundle_id", id},
          {"state", StateOf(bundle)},
          {"done", bundle.done},
          {"total", bundle.total},
          {"format", format},
          {"file", bundle.finished ? ordered_json(absl::StrCat(self, "/file.", format))
                                   : ordered_json(nullptr)}};
}

}  // namespace

struct BulkApi::Rows {
  std::vector<VenueDetails> venues;
  // Where each stands: its number in a list, its line in a file.
  std::vector<size_t> origins;
  bool csv = false;
  std::vector<ProblemPlace> places;

  // What the registry has against one of `venues`.
  void Add(const ImportProblem& problem) {
    if (problem.row >= origins.size()) return;
    const size_t origin = origins[problem.row];
    if (csv) {
      places.push_back({ProblemPlace::Kind::kColumn, CsvHeadingOf(problem.field),
                        static_cast<int>(origin), problem.reason, ""});
      return;
    }
    // "rows[7].name", of the rows that were sent on, is "#/9/name" of those that came.
    const std::string field = problem.path.substr(problem.path.find('.') + 1);
    const std::string below = PointerOf(field).substr(1);
    places.push_back({.where = absl::StrCat("#/", origin, below), .reason = problem.reason});
  }
};

std::vector<Route> BulkApi::Routes() {
  const auto keyed = [this](const char* type, auto call) {
    return parts_.calls.WithKey(type,
                                [this, call](const HttpRequest& request, const Credential& key) {
                                  return (this->*call)(request, key);
                                });
  };
  const std::string bundle = "/api/v1/bundles/{bundle_id}";
  return {
      {"POST", "/api/v1/imports", "api_import", keyed(kJsonType, &BulkApi::Import), kMaxCsvBytes},
      {"POST", "/api/v1/bundles", "api_bundle_start", keyed(kJsonType, &BulkApi::StartBundle)},
      {"GET", bundle, "api_bundle", keyed(kJsonType, &BulkApi::ShowBundle)},
      {"GET", bundle + "/file.zip", "api_bundle_file",
       keyed("application/zip", &BulkApi::Download)},
      {"GET", bundle + "/file.pdf", "api_bundle_file",
       keyed("application/pdf", &BulkApi::Download)}};
}

BulkApi::Rows BulkApi::ReadCsv(const HttpRequest& request) const {
  const Language language = PreferredLanguage(request.Header("Accept-Language"));
  VenueCsv csv = ReadVenueCsv(request.body, parts_.catalogue);
  Rows rows = {.venues = std::move(csv.venues), .csv = true};
  rows.origins.assign(csv.lines.begin(), csv.lines.end());
  for (const CsvProblem& problem : csv.problems) {
    rows.places.push_back(
        {ProblemPlace::Kind::kColumn, problem.column, problem.line,
         ReasonOfWord(problem.problem.word),
         parts_.words.Format(language, problem.problem.word, problem.problem.values)});
  }
  // A file with mistakes has no venues to go by.
  if (!rows.places.empty()) rows.venues.clear();
  return rows;
}

OrProblem<BulkApi::Rows> BulkApi::ReadRows(const HttpRequest& request) const {
  if (BodyType(request) == kCsvType) return ReadCsv(request);
  const auto body = ReadJson(request, kImportTypes);
  if (const auto* problem = std::get_if<Problem>(&body)) return *problem;
  const Json& list = std::get<Json>(body);
  if (!list.is_array()) return Invalid({{.where = "#", .reason = "WRONG_TYPE"}});
  if (list.empty()) return Invalid({{.where = "#", .reason = "REQUIRED"}});
  if (list.size() > kMaxImportRows) return Invalid({{.where = "#", .reason = "TOO_MANY"}});
  Rows rows;
  for (size_t i = 0; i < list.size(); ++i) {
    const size_t before = rows.places.size();
    VenueDetails venue = ReadVenue(list[i], PointerBelow("#", absl::StrCat(i)), rows.places);
    if (rows.places.size() > before) continue;
    rows.venues.push_back(std::move(venue));
    rows.origins.push_back(i);
  }
  return rows;
}

BulkApi::Answer BulkApi::Import(const HttpRequest& request, const Credential& key) const {
  const auto only_check = CheckOnlyIn(request);
  if (const auto* problem = std::get_if<Problem>(&only_check)) return *problem;
  const bool asked_to_check = std::get<bool>(only_check);
  auto read = ReadRows(request);
  if (const auto* problem = std::get_if<Problem>(&read)) return *problem;
  Rows& rows = std::get<Rows>(read);
  std::string id = parts_.keys.IdOfContent({kImportPurpose, key.secret, "check"});
  const IdempotentRequest asked = {kImportPurpose, key.secret, request.body};
  if (!asked_to_check) {
    const auto by_key = parts_.keys.RequestIdOf(request, asked);
    if (const auto* problem = std::get_if<Problem>(&by_key)) return *problem;
    id = std::get<std::string>(by_key);
  }
  if (rows.venues.empty()) return Invalid(std::move(rows.places));

  // With the content in the id, no gateway can take another list for one registered before. What is
  // wrong with the rest is told too.
  const auto result = parts_.bulk.ImportVenues(
      key,
      {.request_id = parts_.keys.IdOfContent({kImportPurpose, id, request.body}),
       .check_only = asked_to_check || !rows.places.empty(),
       .rows = rows.venues},
      CallOf(request));
  if (!result.ok()) return ProblemOf(result.status());
  for (const ImportProblem& problem : result->problems) rows.Add(problem);
  if (!rows.places.empty()) return Invalid(std::move(rows.places));
  if (!asked_to_check) parts_.keys.Remember(id, asked);
  return JsonAnswer(200, {{"venue_count", result->venue_count}, {"check_only", asked_to_check}});
}

BulkApi::Answer BulkApi::StartBundle(const HttpRequest& request, const Credential& key) const {
  static const auto& formats = *new std::vector<std::string>{"pdf", "zip"};
  const auto body = ReadJson(request);
  if (const auto* problem = std::get_if<Problem>(&body)) return *problem;
  std::vector<std::string> documents;
  for (const DocumentInfo& info : Documents()) documents.emplace_back(info.name);
  std::vector<ProblemPlace> places;
  MemberReader reader(std::get<Json>(body), "#", places);
  const std::string name = reader.Choice("document", documents);
  const std::string format = reader.Choice("format", formats);
  reader.Finish();
  if (!places.empty()) return Invalid(std::move(places));
  for (const DocumentInfo& info : Documents()) {
    if (name != info.name) continue;
    const auto id = parts_.bulk.StartBundle(
        key, info.document, format == "zip" ? BundleFormat::kZip : BundleFormat::kPdf,
        CallOf(request));
    if (!id.ok()) return ProblemOf(id.status());
    HttpResponse response = JsonAnswer(202, {{"bundle_id", *id}});
    response.headers.emplace_back("Location", absl::StrCat("/api/v1/bundles/", *id));
    return response;
  }
  return ProblemOfStatus(500);
}

BulkApi::Answer BulkApi::ShowBundle(const HttpRequest& request, const Credential& key) const {
  const std::string id = IdIn(request, "bundle_id");
  if (id.empty()) return Problem{.kind = "bundle-not-found"};
  const auto bundle = parts_.bulk.GetBundle(key, id, CallOf(request));
  if (!bundle.ok()) return ProblemOf(bundle.status());
  HttpResponse response = JsonAnswer(200, BundleJson(id, *bundle));
  if (!bundle->finished && !bundle->failed) response.headers.emplace_back("Retry-After", "1");
  return response;
}

BulkApi::Answer BulkApi::Download(const HttpRequest& request, const Credential& key) const {
  const std::string id = IdIn(request, "bundle_id");
  if (id.empty()) return Problem{.kind = "bundle-not-found"};
  const auto bundle = parts_.bulk.GetBundle(key, id, CallOf(request));
  if (!bundle.ok()) return ProblemOf(bundle.status());
  const std::string ending = bundle->format == BundleFormat::kZip ? "zip" : "pdf";
  if (request.path.substr(request.path.rfind('.') + 1) != ending) return ProblemOfStatus(404);
  CallContext call = CallOf(request);
  call.deadline = absl::Now() + kDownloadTime;
  auto pieces = parts_.bulk.ReadBundle(key, id, call);
  if (!pieces.ok()) return ProblemOf(pieces.status());
  HttpResponse response = FileAnswer("venues." + ending, absl::StrCat("application/", ending), "");
  response.pieces = *std::move(pieces);
  return response;
}

}  // namespace oshirase::gateway
