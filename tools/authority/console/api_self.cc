#include "common/status/macros.h"
#include "tools/authority/console/api.h"
#include "tools/authority/console/json_body.h"
#include "tools/authority/detail_fields.h"
#include "tools/authority/industries.h"
#include "tools/authority/output.h"

namespace oshirase::authority::console {
namespace {

using nlohmann::json;

absl::StatusOr<Reply> ReadSelf(Session& session) {
  registry::v1::GetOfficerRequest request;
  request.set_officer_id(session.officer_id());
  ASSIGN_OR_RETURN(
      const auto response,
      session.Call(session.registry(), &registry::v1::RegistryService::Stub::GetOfficer, request));
  json roles = json::array();
  for (const auto role : response.officer().roles()) {
    roles.push_back(RoleText(static_cast<registry::v1::OfficerRole>(role)));
  }
  return JsonReply({{"officer_id", session.officer_id()}, {"roles", roles}});
}

json IndustryJson(const catalogue::Industry& industry) {
  json measures = json::array();
  for (const auto* measure : industry.measures) {
    measures.push_back({{"id", measure->id},
                        {"group", measure->group->name.In("ja")},
                        {"text", measure->text.In("ja")}});
  }
  return {{"kind", industry.kind},
          {"name", industry.name.In("ja")},
          {"has_own_end", industry.has_own_end},
          {"measures", measures}};
}

json CatalogueJson() {
  json industries = json::array();
  for (const auto& industry : Industries().industries())
    industries.push_back(IndustryJson(industry));
  json fields = json::array();
  for (const auto& field : kDetailFields) {
    fields.push_back({{"name", field.name},
                      {"label", field.label},
                      {"max_characters", field.max_characters},
                      {"required", field.required}});
  }
  return {{"industries", industries}, {"fields", fields}};
}

}  // namespace

void AddSelf(Session& session, std::vector<Route>& routes) {
  routes.push_back({"GET", "/api/me", [&session](const Request&) { return ReadSelf(session); }});
  routes.push_back({"GET", "/api/catalogue", [](const Request&) -> absl::StatusOr<Reply> {
                      return JsonReply(CatalogueJson());
                    }});
}

std::vector<Route> ApiRoutes(Session& session, ReissueJob& reissue) {
  std::vector<Route> routes;
  AddSelf(session, routes);
  AddRegister(session, routes);
  AddEntries(session, routes);
  AddCertificates(session, reissue, routes);
  AddLetters(session, routes);
  AddApiKeys(session, routes);
  return routes;
}

}  // namespace oshirase::authority::console
