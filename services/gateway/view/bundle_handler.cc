#include "services/gateway/view/bundle_handler.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "services/gateway/view/documents.h"
#include "services/gateway/view/handler_support.h"

namespace oshirase::gateway {
namespace {

using kainjow::mustache::data;

// A page that is looked at this often costs little, and a bundle of one venue is done at once.
constexpr int kRefreshSeconds = 3;
// As long as a bundle is kept.
constexpr absl::Duration kDownloadTime = absl::Minutes(30);

std::string BundleIdIn(const HttpRequest& request) {
  std::string id(request.PathValue("bundle_id"));
  return ids::ParseUuid(id).ok() ? id : "";
}

data DocumentChoices(const Words& words, Language language) {
  data list(data::type::list);
  for (const DocumentInfo& info : Documents()) {
    data entry;
    const bool first = info.document == Document::kCertificate;
    // The first bears the field's name, so that the summary of problems can lead there.
    entry.set("id", first ? "document" : absl::StrCat("document-", info.name));
    entry.set("value", info.name);
    entry.set("label", words.Get(language, info.word));
    entry.set("hint", words.Get(language, absl::StrCat(info.word, "_hint")));
    entry.set("chosen", first);
    list.push_back(entry);
  }
  return list;
}

}  // namespace

std::vector<Route> BundleHandler::Routes() {
  const SessionPages& pages = parts_.pages;
  const auto page = [this](auto show) {
    return parts_.pages.ForPage(
        [this, show](const HttpRequest& request, const Credential& session) {
          return (this->*show)(request, session);
        });
  };
  return {
      {"GET", "/upkeep/bundles", "upkeep_bundles",
       pages.ForPage([this](const HttpRequest& request, const Credential& session) {
         return ShowForm(request, session, {});
       })},
      {"POST", "/upkeep/bundles", "upkeep_bundle_start",
       pages.ForForm([this](const HttpRequest& request, const Credential& session,
                            const FormBody& body) { return Start(request, session, body); })},
      {"GET", "/upkeep/bundles/{bundle_id}", "upkeep_bundle", page(&BundleHandler::ShowProgress)},
      {"GET", "/upkeep/bundles/{bundle_id}/file", "upkeep_bundle_file",
       page(&BundleHandler::Download)}};
}

HttpResponse BundleHandler::ShowForm(const HttpRequest& request, const Credential& session,
                                     std::vector<FormProblem> problems) const {
  const Language language = LanguageOf(request);
  const Words& words = parts_.pages.words();
  Page page = {.name = "bundles", .problems = std::move(problems)};
  if (!page.problems.empty()) {
    page.values.set("problem", words.Get(language, page.problems.front().word));
  }
  page.values.set("documents", DocumentChoices(words, language));
  return parts_.pages.Render(request, session, std::move(page));
}

HttpResponse BundleHandler::Start(const HttpRequest& request, const Credential& session,
                                  const FormBody& body) const {
  const std::string format = FieldOf(body, "format");
  const std::string name = FieldOf(body, "document");
  for (const DocumentInfo& info : Documents()) {
    if (name != info.name || (format != "pdf" && format != "zip")) continue;
    const auto id = parts_.bulk.StartBundle(
        session, info.document, format == "zip" ? BundleFormat::kZip : BundleFormat::kPdf,
        CallOf(request));
    if (!id.ok()) return ShowFailure(request, session, id.status());
    return SeeOther(InLanguageOf(request, absl::StrCat("/upkeep/bundles/", *id)));
  }
  return ShowForm(request, session, {{"document", "bulk.bundle_missing"}});
}

HttpResponse BundleHandler::ShowFailure(const HttpRequest& request, const Credential& session,
                                        const absl::Status& status) const {
  const std::string reason = ReasonOf(status);
  if (reason == "NO_VENUES") {
    return ShowForm(request, session, {{"document", "bulk.bundle_no_venues"}});
  }
  if (reason == "TOO_MANY_BUNDLES") {
    return ShowForm(request, session, {{"document", "bulk.bundle_too_many"}});
  }
  if (reason == "BUNDLE_NOT_FOUND") {
    return ShowForm(request, session, {{"document", "bulk.bundle_gone"}});
  }
  return parts_.pages.Failure(request, status);
}

HttpResponse BundleHandler::ShowProgress(const HttpRequest& request,
                                         const Credential& session) const {
  const std::string id = BundleIdIn(request);
  const auto bundle = parts_.bulk.GetBundle(session, id, CallOf(request));
  if (!bundle.ok()) return ShowFailure(request, session, bundle.status());
  if (bundle->failed) return ShowForm(request, session, {{"document", "bulk.bundle_failed"}});
  const bool still = request.HasQuery("still");
  const std::string path = absl::StrCat("/upkeep/bundles/", id);
  const Words& words = parts_.pages.words();
  Page page = {.name = "bundle"};
  if (bundle->finished) page.title = words.Get(LanguageOf(request), "bulk.bundle_done_title");
  page.values.set("finished", bundle->finished);
  page.values.set("done", absl::StrCat(bundle->done));
  page.values.set("total", absl::StrCat(bundle->total));
  page.values.set("is_zip", bundle->format == BundleFormat::kZip);
  page.values.set("file_path", absl::StrCat(path, "/file"));
  page.values.set("still", still);
  page.values.set("look_path", InLanguageOf(request, still ? path + "?still" : path));
  page.values.set("still_path", InLanguageOf(request, path + "?still"));
  HttpResponse response = parts_.pages.Render(request, session, std::move(page));
  // Looks again by itself without a script, unless somebody wants to read in peace.
  if (!bundle->finished && !still) {
    response.headers.emplace_back("Refresh", absl::StrCat(kRefreshSeconds));
  }
  return response;
}

HttpResponse BundleHandler::Download(const HttpRequest& request, const Credential& session) const {
  const std::string id = BundleIdIn(request);
  const auto bundle = parts_.bulk.GetBundle(session, id, CallOf(request));
  if (!bundle.ok()) return ShowFailure(request, session, bundle.status());
  CallContext call = CallOf(request);
  call.deadline = absl::Now() + kDownloadTime;
  auto pieces = parts_.bulk.ReadBundle(session, id, call);
  if (ReasonOf(pieces.status()) == "BUNDLE_NOT_DONE") {
    return SeeOther(InLanguageOf(request, absl::StrCat("/upkeep/bundles/", id)));
  }
  if (!pieces.ok()) return ShowFailure(request, session, pieces.status());
  const bool zip = bundle->format == BundleFormat::kZip;
  HttpResponse response;
  response.content_type = zip ? "application/zip" : "application/pdf";
  response.headers.emplace_back(
      "Content-Disposition",
      absl::StrCat("attachment; filename=\"venues.", zip ? "zip" : "pdf", "\""));
  response.pieces = *std::move(pieces);
  return response;
}

}  // namespace oshirase::gateway
