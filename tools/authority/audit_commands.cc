#include "common/status/macros.h"
#include "tools/authority/commands.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"
#include "tools/authority/terminal_text.h"

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

}  // namespace oshirase::authority
