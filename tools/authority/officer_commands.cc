#include "common/status/macros.h"
#include "tools/authority/commands.h"
#include "tools/authority/files.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"
#include "tools/authority/terminal_text.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;

constexpr size_t kMaxPemBytes = 64 * 1024;

}  // namespace

absl::Status EnrolOfficer(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto pem, ReadInput(options.cert_file, kMaxPemBytes));
  rv1::EnrolOfficerRequest request;
  request.set_officer_id(options.id);
  request.set_certificate_pem(pem);
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
