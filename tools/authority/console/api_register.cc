#include "common/status/macros.h"
#include "tools/authority/charts.h"
#include "tools/authority/console/api.h"
#include "tools/authority/console/json_body.h"
#include "tools/authority/desk_json.h"
#include "tools/authority/register_csv.h"
#include "tools/authority/register_desk.h"
#include "tools/authority/typed.h"

namespace oshirase::authority::console {
namespace {

using nlohmann::json;
using registry::v1::RegisterEntry;

absl::StatusOr<registry::v1::RegisterFilter> FilterOf(const Request& request) {
  return TypedFilter({.text = request.Query("text"),
                      .kind = request.Query("kind"),
                      .municipality = request.Query("municipality"),
                      .state = request.Query("state"),
                      .from = request.Query("from"),
                      .to = request.Query("to")});
}

absl::StatusOr<Reply> SearchRegister(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(const auto filter, FilterOf(request));
  ASSIGN_OR_RETURN(const auto page, ReadRegisterPage(session, filter, request.Query("page")));
  json entries = json::array();
  for (const auto& entry : page.entries()) entries.push_back(ToJson(entry));
  return JsonReply({{"entries", entries}, {"next", page.next_page_token()}});
}

absl::StatusOr<Reply> Counts(Session& session) {
  ASSIGN_OR_RETURN(const auto counts, CountRegister(session));
  json charts = json::array();
  for (const auto& chart : ChartsOf(counts)) {
    json bars = json::array();
    for (const auto& bar : chart.bars) bars.push_back({{"label", bar.label}, {"count", bar.count}});
    charts.push_back({{"title", chart.title}, {"bars", bars}});
  }
  return JsonReply({{"charts", charts}});
}

// An error before the first row is still an answer of its own; later ones break the file off.
absl::StatusOr<Reply> Export(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(const auto filter, FilterOf(request));
  RETURN_IF_ERROR(ReadRegisterPage(session, filter, "").status());
  return Reply{.content_type = "text/csv; charset=utf-8",
               .stream = [&session, filter](const Write& write) -> absl::Status {
                 const auto put = [&write](const std::string& text) -> absl::Status {
                   return write(text) ? absl::OkStatus() : absl::CancelledError("nobody reads on");
                 };
                 RETURN_IF_ERROR(put(RegisterCsvHead()));
                 return ExportRegister(session, filter, [&put](const RegisterEntry& entry) {
                   return put(RegisterCsvRow(entry));
                 });
               },
               .headers = {{"Content-Disposition", "attachment; filename=\"register.csv\""}}};
}

}  // namespace

void AddRegister(Session& session, std::vector<Route>& routes) {
  routes.push_back({"GET", "/api/register", [&session](const Request& request) {
                      return SearchRegister(session, request);
                    }});
  routes.push_back(
      {"GET", "/api/register/counts", [&session](const Request&) { return Counts(session); }});
  routes.push_back({"GET", "/api/register/export",
                    [&session](const Request& request) { return Export(session, request); }});
}

}  // namespace oshirase::authority::console
