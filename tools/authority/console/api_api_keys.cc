#include "common/status/macros.h"
#include "tools/authority/console/api.h"
#include "tools/authority/console/json_body.h"
#include "tools/authority/desk_json.h"
#include "tools/authority/register_desk.h"
#include "tools/authority/typed.h"

namespace oshirase::authority::console {
namespace {

using nlohmann::json;

constexpr size_t kMaxLabel = 100;

absl::StatusOr<Reply> List(Session& session) {
  ASSIGN_OR_RETURN(const auto keys, ListApiKeys(session));
  json list = json::array();
  for (const auto& key : keys) list.push_back(ToJson(key));
  return JsonReply({{"api_keys", list}});
}

absl::StatusOr<Reply> Issue(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(const auto body, JsonBody::Parse(request, {{"email", kText}, {"label", kText}}));
  ASSIGN_OR_RETURN(const auto email, TypedEmail(body.Text("email")));
  ASSIGN_OR_RETURN(const auto label, TypedLine({"用途", body.Text("label"), kMaxLabel}));
  ASSIGN_OR_RETURN(const auto issued, IssueApiKey(session, email, label));
  auto object = ToJson(issued.api_key());
  object["secret"] = issued.secret();
  return JsonReply(object);
}

absl::StatusOr<Reply> Revoke(Session& session, const Request& request) {
  ASSIGN_OR_RETURN(const auto body, JsonBody::Parse(request, {{"id", kText}}));
  ASSIGN_OR_RETURN(const auto id, TypedUuid("鍵のID", body.Text("id")));
  ASSIGN_OR_RETURN(const auto key, RevokeApiKey(session, id));
  return JsonReply(ToJson(key));
}

}  // namespace

void AddApiKeys(Session& session, std::vector<Route>& routes) {
  routes.push_back({"GET", "/api/api-keys", [&session](const Request&) { return List(session); }});
  routes.push_back({"POST", "/api/api-keys",
                    [&session](const Request& request) { return Issue(session, request); }});
  routes.push_back({"POST", "/api/api-keys/revoke",
                    [&session](const Request& request) { return Revoke(session, request); }});
}

}  // namespace oshirase::authority::console
