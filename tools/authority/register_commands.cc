#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/venue_code.h"
#include "common/status/macros.h"
#include "tools/authority/commands.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"
#include "tools/authority/venue_search.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;
namespace nv1 = notifier::v1;

// Appends every page of one service's audit log to `entries`.
template <typename Stub, typename Request, typename Response>
absl::Status AppendAudit(Session& session, Stub& stub,
                         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                      Response*),
                         const std::string& chain, nlohmann::json& entries) {
  Request request;
  request.set_page_size(100);
  do {
    ASSIGN_OR_RETURN(const auto page, session.Call(stub, method, request));
    for (const auto& entry : page.entries()) entries.push_back(ToJson(entry, chain));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

std::string Text(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

absl::Status FindVenues(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto venues, Search(session, options.text));
  auto list = nlohmann::json::array();
  std::vector<std::vector<std::string>> rows;
  for (const auto& venue : venues) {
    list.push_back(ToJson(venue));
    rows.push_back({ids::FormatVenueCode(ids::VenueCode{venue.venue_code()}),
                    venue.details().name() + (venue.details().drill() ? "（訓練）" : ""),
                    venue.details().kind(), venue.details().address()});
  }
  if (venues.empty()) Tell("見つかりませんでした。");
  Print(options, Dump(list), Table(rows));
  return absl::OkStatus();
}

absl::Status SuspendVenue(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto venue, FindByCode(session, options.text));
  rv1::SetVenueStateRequest request;
  request.set_venue_id(venue.venue_id());
  request.set_state(rv1::VENUE_STATE_SUSPENDED);
  request.set_reason(options.reason);
  ASSIGN_OR_RETURN(
      const auto response,
      session.Call(session.registry(), &rv1::RegistryService::Stub::SetVenueState, request));
  Print(options, Dump(ToJson(response.venue())),
        absl::StrCat("停止しました: ", response.venue().details().name()));
  return absl::OkStatus();
}

absl::Status ListAudit(Session& session, const Options& options) {
  auto entries = nlohmann::json::array();
  RETURN_IF_ERROR(AppendAudit(session, session.registry(),
                              &rv1::RegistryService::Stub::ListAuditEntries, "registry", entries));
  RETURN_IF_ERROR(AppendAudit(session, session.notifier(),
                              &nv1::NotifierService::Stub::ListAuditEntries, "notifier", entries));
  std::vector<std::vector<std::string>> rows = {
      {"記録", "番号", "日時", "誰が", "何を", "対象", "詳細"}};
  for (const auto& entry : entries) {
    rows.push_back({Text(entry["chain"]), Text(entry["seq"]), Text(entry["time"]),
                    Text(entry["actor"]), Text(entry["action"]), Text(entry["subject"]),
                    entry["detail"].dump()});
  }
  Print(options, Dump(entries), Table(rows));
  return absl::OkStatus();
}

absl::Status EnrolOfficer(Session& session, const Options& options) {
  std::ifstream file(options.cert_file, std::ios::binary);
  std::stringstream pem;
  pem << file.rdbuf();
  if (!file) return WrongUse(absl::StrCat("ファイルを読めません: ", options.cert_file));
  rv1::EnrolOfficerRequest request;
  request.set_officer_id(options.id);
  request.set_certificate_pem(pem.str());
  for (const auto& role : options.roles) request.add_roles(RoleOfText(role));
  ASSIGN_OR_RETURN(
      const auto response,
      session.Call(session.registry(), &rv1::RegistryService::Stub::EnrolOfficer, request));
  Print(options, Dump(ToJson(response.officer())), response.officer().officer_id());
  return absl::OkStatus();
}

absl::Status RevokeOfficer(Session& session, const Options& options) {
  rv1::RevokeOfficerRequest request;
  request.set_officer_id(options.id);
  request.set_reason(options.reason);
  ASSIGN_OR_RETURN(
      const auto response,
      session.Call(session.registry(), &rv1::RegistryService::Stub::RevokeOfficer, request));
  Print(options, Dump(ToJson(response.officer())), response.officer().officer_id());
  return absl::OkStatus();
}

absl::Status ListOfficers(Session& session, const Options& options) {
  rv1::ListOfficersRequest request;
  request.set_page_size(100);
  auto list = nlohmann::json::array();
  std::vector<std::vector<std::string>> rows = {{"職員", "役割", "登録", "失効"}};
  do {
    ASSIGN_OR_RETURN(
        const auto page,
        session.Call(session.registry(), &rv1::RegistryService::Stub::ListOfficers, request));
    for (const auto& officer : page.officers()) {
      list.push_back(ToJson(officer));
      rows.push_back({officer.officer_id(), list.back()["roles"].dump(),
                      TimeText(officer.enrol_time()), TimeText(officer.revoke_time())});
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  Print(options, Dump(list), Table(rows));
  return absl::OkStatus();
}

}  // namespace oshirase::authority
