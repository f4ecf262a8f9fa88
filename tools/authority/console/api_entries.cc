#include <initializer_list>
#include <utility>
#include <vector>

#include "common/status/macros.h"
#include "tools/authority/console/api.h"
#include "tools/authority/console/json_body.h"
#include "tools/authority/desk_json.h"
#include "tools/authority/entry_details.h"
#include "tools/authority/output.h"
#include "tools/authority/register_desk.h"
#include "tools/authority/typed.h"
#include "tools/authority/wrong_use.h"

namespace oshirase::authority::console {
namespace {

using nlohmann::json;
namespace rv1 = registry::v1;

constexpr size_t kMaxNote = 500;

absl::StatusOr<Reply> ShowEntry(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(const auto key, TypedEntryKey(request.Query("key")));
  ASSIGN_OR_RETURN(const auto entry, ReadEntry(session, key));
  return JsonReply(ToJson(entry));
}

// The details of a form, held against their limits.
absl::StatusOr<rv1::VenueDetails> DetailsOf(const JsonBody& body) {
  ASSIGN_OR_RETURN(auto file, ReadEntryFile(body["details"].dump()));
  RETURN_IF_ERROR(CheckDetails(file.details));
  return file.details;
}

// Everything that is wrong with a form at once.
absl::Status AllProblems(std::initializer_list<absl::Status> checks) {
  std::vector<std::string> problems;
  for (const auto& status : checks) {
    if (!status.ok()) problems.emplace_back(status.message());
  }
  return WrongUse(problems);
}

absl::StatusOr<Reply> Correct(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(const auto body, JsonBody::Parse(request, {{"venue_id", kText},
                                                              {"revision", kNumber},
                                                              {"details", kObject},
                                                              {"reason", kText}}));
  Correction correction;
  ASSIGN_OR_RETURN(correction.venue_id, TypedUuid("施設のID", body.Text("venue_id")));
  const auto revision = body["revision"].get<uint64_t>();
  if (revision > INT32_MAX) return WrongUse("版が大きすぎます");
  correction.revision = static_cast<int32_t>(revision);
  auto details = DetailsOf(body);
  auto reason = TypedReason(body.Text("reason"));
  RETURN_IF_ERROR(AllProblems({details.status(), reason.status()}));
  correction.details = *std::move(details);
  correction.reason = *std::move(reason);
  ASSIGN_OR_RETURN(const auto entry, CorrectEntry(session, correction));
  return JsonReply(ToJson(entry));
}

absl::Status CheckMeasures(const rv1::VenueDetails& details) {
  if (!details.measure_ids().empty() || !details.own_measures().empty()) return absl::OkStatus();
  return WrongUse("取組を一つ以上選ぶか、独自の取組を書いてください");
}

absl::StatusOr<Reply> AddOnBehalf(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(const auto body,
                   JsonBody::Parse(request, {{"details", kObject}, {"reason", kText}}));
  const auto details = DetailsOf(body);
  const auto reason = TypedReason(body.Text("reason"));
  const auto measures = details.ok() ? CheckMeasures(*details) : absl::OkStatus();
  RETURN_IF_ERROR(AllProblems({details.status(), measures, reason.status()}));
  ASSIGN_OR_RETURN(const auto entry, RegisterOnBehalf(session, *details, *reason));
  return JsonReply(ToJson(entry));
}

absl::StatusOr<Reply> Inspect(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(
      const auto body,
      JsonBody::Parse(request, {{"venue_id", kText}, {"confirmed", kFlag}, {"note", kText}}));
  Inspection inspection{.venue_id = {}, .confirmed = body.Flag("confirmed"), .note = {}};
  ASSIGN_OR_RETURN(inspection.venue_id, TypedUuid("施設のID", body.Text("venue_id")));
  ASSIGN_OR_RETURN(inspection.note, TypedLine({"記録", body.Text("note"), kMaxNote}));
  ASSIGN_OR_RETURN(const auto entry, RecordInspection(session, inspection));
  return JsonReply(ToJson(entry));
}

absl::StatusOr<Reply> SetState(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(
      const auto body,
      JsonBody::Parse(request, {{"venue_id", kText}, {"suspended", kFlag}, {"reason", kText}}));
  ASSIGN_OR_RETURN(const auto venue_id, TypedUuid("施設のID", body.Text("venue_id")));
  ASSIGN_OR_RETURN(const auto reason, TypedReason(body.Text("reason")));
  const auto state = body.Flag("suspended") ? rv1::VENUE_STATE_SUSPENDED : rv1::VENUE_STATE_OPEN;
  ASSIGN_OR_RETURN(const auto venue, SetVenueState(session, venue_id, state, reason));
  return JsonReply({{"venue_id", venue.venue_id()}});
}

absl::StatusOr<Reply> Mail(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(const auto body, JsonBody::Parse(request, {{"venue_id", kText}}));
  ASSIGN_OR_RETURN(const auto venue_id, TypedUuid("施設のID", body.Text("venue_id")));
  RETURN_IF_ERROR(MailBusiness(session, venue_id));
  return JsonReply({{"venue_id", venue_id}});
}

absl::StatusOr<Reply> Draw(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(const auto venue_id, TypedUuid("施設のID", request.Query("venue_id")));
  ASSIGN_OR_RETURN(const auto document, TypedDocument(request.Query("document")));
  ASSIGN_OR_RETURN(auto bytes, DrawDocument(session, venue_id, document));
  return Reply{.content_type = "application/pdf", .body = std::move(bytes)};
}

}  // namespace

void AddEntries(Session& session, std::vector<Route>& routes) {
  const auto add = [&](const char* method, const char* path, auto act) {
    routes.push_back(
        {method, path, [&session, act](const Request& request) { return act(session, request); }});
  };
  add("GET", "/api/entries", ShowEntry);
  add("POST", "/api/entries", AddOnBehalf);
  add("POST", "/api/entries/correct", Correct);
  add("POST", "/api/entries/inspect", Inspect);
  add("POST", "/api/entries/state", SetState);
  add("POST", "/api/entries/mail", Mail);
  add("GET", "/api/entries/document", Draw);
}

}  // namespace oshirase::authority::console
