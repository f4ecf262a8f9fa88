#include "services/gateway/view/csv_handler.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "services/gateway/forms/derived_id.h"
#include "services/gateway/forms/packed_text.h"
#include "services/gateway/forms/register_checks.h"
#include "services/gateway/http/http_error.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

// No session lasts longer.
constexpr absl::Duration kUploadLifetime = absl::Hours(2);
// Nobody reads more at once; after correcting these the next ones come.
constexpr size_t kMaxShown = 200;
constexpr size_t kUuidLength = 36;

HttpResponse CsvFile(const std::string& name, std::string body) {
  HttpResponse response;
  response.content_type = "text/csv; charset=utf-8";
  response.body = std::move(body);
  response.headers.emplace_back("Content-Disposition",
                                absl::StrCat("attachment; filename=\"", name, "\""));
  return response;
}

// The problems the registry has, at their places in the file.
std::vector<CsvProblem> Located(const ImportResult& result, const VenueCsv& csv) {
  std::vector<CsvProblem> problems;
  for (const ImportProblem& problem : result.problems) {
    CsvProblem located = {.column = CsvHeadingOf(problem.field)};
    if (problem.row < csv.lines.size()) located.line = csv.lines[problem.row];
    located.problem = RefusedField(problem.field);
    if (problem.reason == "ALREADY_REGISTERED") located.problem.word = "bulk.already_registered";
    if (problem.reason == "TWICE" && problem.field == "name") located.problem.word = "bulk.twice";
    problems.push_back(std::move(located));
  }
  return problems;
}

// The rows with nothing wrong in themselves.
VenueCsv GoodRows(const VenueCsv& csv) {
  std::set<int> bad;
  for (const CsvProblem& problem : csv.problems) bad.insert(problem.line);
  VenueCsv good;
  for (size_t i = 0; i < csv.venues.size(); ++i) {
    if (bad.contains(csv.lines[i])) continue;
    good.venues.push_back(csv.venues[i]);
    good.lines.push_back(csv.lines[i]);
  }
  return good;
}

}  // namespace

struct CsvHandler::Upload {
  std::string flow_id;  // Random, so that the same file can be sent again another day.
  std::string bytes;
};

CsvHandler::CsvHandler(Parts parts, const crypto::SecretKey& form_key)
    : parts_(std::move(parts)),
      seal_(form_key, "oshirase csv 1", kUploadLifetime, parts_.clock),
      id_key_(crypto::DeriveKey(form_key, "oshirase csv id 1")) {}

std::vector<Route> CsvHandler::Routes() {
  const SessionPages& pages = parts_.pages;
  return {{"GET", "/upkeep/csv", "upkeep_csv",
           pages.ForPage([this](const HttpRequest& request, const Credential& session) {
             return ShowForm(request, session, {});
           })},
          {"GET", "/upkeep/csv/template.csv", "upkeep_csv_template",
           [this](const HttpRequest&) {
             return CsvFile("venues.csv", VenueCsvTemplate(parts_.catalogue));
           }},
          {"GET", "/upkeep/csv/measures.csv", "upkeep_csv_measures",
           [this](const HttpRequest&) {
             return CsvFile("measures.csv", MeasureCsv(parts_.catalogue));
           }},
          {"POST", "/upkeep/csv", "upkeep_csv_check",
           pages.ForPage([this](const HttpRequest& request, const Credential& session) {
             return Check(request, session);
           }),
           kMaxCsvBytes, /*takes_files=*/true},
          {"POST", "/upkeep/csv/import", "upkeep_csv_import",
           pages.ForForm([this](const HttpRequest& request, const Credential& session,
                                const FormBody& body) { return Import(request, session, body); }),
           kMaxCsvBytes},
          {"GET", "/upkeep/csv/done", "upkeep_csv_done",
           pages.ForPage([this](const HttpRequest& request, const Credential& session) {
             return ShowDone(request, session);
           })}};
}

HttpResponse CsvHandler::ShowForm(const HttpRequest& request, const Credential& session,
                                  const std::vector<CsvProblem>& problems) const {
  const Language language = LanguageOf(request);
  const Words& words = parts_.pages.words();
  Page page = {.name = "csv"};
  data list(data::type::list);
  for (size_t i = 0; i < std::min(problems.size(), kMaxShown); ++i) {
    const CsvProblem& problem = problems[i];
    data entry;
    entry.set("line", absl::StrCat(problem.line));
    entry.set("column", problem.column);
    entry.set("message", words.Format(language, problem.problem.word, problem.problem.values));
    list.push_back(entry);
  }
  // A file that was not sent is a problem of the field; one of its lines is told in the table.
  const bool of_lines = !problems.empty() && problems.front().line > 0;
  if (of_lines) {
    page.problems = {{"file", "bulk.wrong", {{"count", absl::StrCat(problems.size())}}}};
  } else if (!problems.empty()) {
    page.problems = {problems.front().problem};
  }
  if (!page.problems.empty()) {
    page.values.set("file_problem", words.Format(language, page.problems.front().word,
                                                 page.problems.front().values));
  }
  page.values.set("of_lines", of_lines);
  page.values.set("lines", list);
  page.values.set("more", problems.size() > kMaxShown);
  page.values.set("shown", absl::StrCat(kMaxShown));
  page.values.set("max_rows", absl::StrCat(kMaxImportRows));
  return parts_.pages.Render(request, session, std::move(page));
}

absl::StatusOr<ImportResult> CsvHandler::Ask(const HttpRequest& request, const Credential& session,
                                             const Upload& upload, const VenueCsv& csv,
                                             bool check_only) const {
  const std::string what = absl::StrCat(upload.flow_id, upload.bytes);
  return parts_.bulk.ImportVenues(session,
                                  {.request_id = IdOf(id_key_, "oshirase csv import 1", what),
                                   .check_only = check_only,
                                   .rows = csv.venues},
                                  CallOf(request));
}

HttpResponse CsvHandler::Check(const HttpRequest& request, const Credential& session) const {
  const auto form = parts_.pages.sessions().ReadFileForm(request, session);
  if (!form.ok()) return RefuseForm(parts_.pages.renderer(), request, form.status());
  const Upload upload = {ids::NewUuid(), FieldOf(form->files, "file")};
  if (upload.bytes.empty()) {
    return ShowForm(request, session, {{0, "", {"file", "bulk.no_file"}}});
  }
  const VenueCsv csv = ReadVenueCsv(upload.bytes, parts_.catalogue);
  const VenueCsv good = GoodRows(csv);
  if (good.venues.empty()) return ShowForm(request, session, csv.problems);
  // Also when other rows are bad: all that is to be corrected is told at once.
  const auto result = Ask(request, session, upload, good, /*check_only=*/true);
  if (!result.ok()) return parts_.pages.Failure(request, result.status());
  std::vector<CsvProblem> problems = Located(*result, good);
  problems.insert(problems.end(), csv.problems.begin(), csv.problems.end());
  if (problems.empty()) return ShowCheck(request, session, upload, csv);
  std::stable_sort(problems.begin(), problems.end(),
                   [](const CsvProblem& a, const CsvProblem& b) { return a.line < b.line; });
  return ShowForm(request, session, problems);
}

HttpResponse CsvHandler::ShowCheck(const HttpRequest& request, const Credential& session,
                                   const Upload& upload, const VenueCsv& csv) const {
  const std::string sealed = seal_.Seal(absl::StrCat(upload.flow_id, Pack(upload.bytes)));
  // What comes back must fit a request.
  if (sealed.size() > kMaxCsvBytes - kDefaultMaxBodyBytes) {
    return ShowForm(request, session, {{0, "", {"file", "bulk.too_large"}}});
  }
  const Language language = LanguageOf(request);
  std::map<std::string, int> counts;
  int listed = 0;
  int named = 0;
  for (const VenueDetails& venue : csv.venues) {
    ++counts[venue.kind];
    listed += venue.listed ? 1 : 0;
    named += venue.name_consent ? 1 : 0;
  }
  data kinds(data::type::list);
  for (const catalogue::Industry& industry : parts_.catalogue.industries()) {
    if (!counts.contains(industry.kind)) continue;
    data entry;
    entry.set("name", industry.name.In(InfoOf(language).code));
    entry.set("count", absl::StrCat(counts[industry.kind]));
    kinds.push_back(entry);
  }
  Page page = {.name = "csv_check"};
  page.values.set("count", absl::StrCat(csv.venues.size()));
  page.values.set("kinds", kinds);
  page.values.set("first", csv.venues.front().name);
  page.values.set("last", csv.venues.back().name);
  page.values.set("listed", absl::StrCat(listed));
  page.values.set("named", absl::StrCat(named));
  page.values.set("upload", sealed);
  return parts_.pages.Render(request, session, std::move(page));
}

HttpResponse CsvHandler::Import(const HttpRequest& request, const Credential& session,
                                const FormBody& body) const {
  const std::string sealed = FieldOf(body, "upload");
  const auto text = seal_.Open(sealed);
  if (!text.ok()) return RefuseForm(parts_.pages.renderer(), request, text.status());
  const auto bytes = Unpack(text->substr(std::min(text->size(), kUuidLength)), kMaxCsvBytes);
  if (!bytes.ok()) return RefuseForm(parts_.pages.renderer(), request, bytes.status());
  const Upload upload = {text->substr(0, kUuidLength), *bytes};
  const VenueCsv csv = ReadVenueCsv(upload.bytes, parts_.catalogue);
  if (!csv.problems.empty()) return ShowForm(request, session, csv.problems);
  const auto result = Ask(request, session, upload, csv, /*check_only=*/false);
  if (!result.ok() && HttpStatusOf(result.status()) == 503) {
    Page page = {.name = "csv_again", .status = 503};
    page.values.set("upload", sealed);
    return parts_.pages.Render(request, session, std::move(page));
  }
  if (!result.ok()) return parts_.pages.Failure(request, result.status());
  if (!result->problems.empty()) return ShowForm(request, session, Located(*result, csv));
  return SeeOther(
      InLanguageOf(request, absl::StrCat("/upkeep/csv/done?count=", result->venue_count)));
}

HttpResponse CsvHandler::ShowDone(const HttpRequest& request, const Credential& session) const {
  int count = 0;
  if (!absl::SimpleAtoi(std::string(request.Query("count")), &count) || count < 1) {
    return parts_.pages.renderer().ErrorPage(request, 404);
  }
  Page page = {.name = "csv_done"};
  page.values.set("count", absl::StrCat(count));
  return parts_.pages.Render(request, session, std::move(page));
}

}  // namespace oshirase::gateway
