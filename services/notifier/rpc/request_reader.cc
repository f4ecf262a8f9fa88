#include "services/notifier/rpc/request_reader.h"

#include "absl/strings/numbers.h"
#include "common/ids/uuid.h"
#include "common/server/access_control.h"
#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/rpc/signature_convert.h"
#include "services/notifier/rpc/statement_reader.h"

namespace oshirase::notifier {
namespace {

constexpr int kMaxDays = 4;
constexpr int kDefaultPage = 50;
constexpr int kMaxPage = 100;
constexpr size_t kMaxLanguageTag = 35;  // the longest that RFC 5646 asks anyone to hold

}  // namespace

std::string OfficerOf(const grpc::ServerContext& context) { return CallerOf(context).name; }

absl::Status CheckCaseId(const std::string& case_id) {
  if (ids::ParseUuid(case_id).ok()) return absl::OkStatus();
  return RequestInvalid({{"case_id", "must be a UUID in lower case"}});
}

absl::StatusOr<OfficerSignature> ReadSignature(const registry::v1::OfficerSignature& proto) {
  auto signature = FromProto(proto);
  if (signature.has_value()) return *std::move(signature);
  return RequestInvalid(
      {{"signature", "must have officer_id, role, sign_time in whole seconds, and 64 bytes"}});
}

absl::StatusOr<CaseToEnter> ReadCase(const v1::SubmitCaseRequest& request) {
  CaseToEnter entered{.statement = request.statement()};
  ASSIGN_OR_RETURN(entered.signature, ReadSignature(request.signature()));
  for (const v1::RenderedMessage& message : request.messages()) {
    if (message.language().empty() || message.language().size() > kMaxLanguageTag) {
      return RequestInvalid({{"messages.language", "must be a language tag"}});
    }
    entered.messages.push_back({message.language(), message.line_messages_json()});
  }
  return entered;
}

absl::StatusOr<std::vector<Day>> ReadDays(const v1::GetDayKeysRequest& request) {
  if (request.days_size() < 1 || request.days_size() > kMaxDays) {
    return RequestInvalid({{"days", "must be 1 to 4"}});
  }
  std::vector<Day> days;
  for (const int32_t day : request.days()) days.push_back(Day{day});
  return days;
}

absl::StatusOr<int> ReadPageSize(int32_t page_size) {
  if (page_size < 0 || page_size > kMaxPage) {
    return RequestInvalid({{"page_size", "must be 0 to 100"}});
  }
  return page_size == 0 ? kDefaultPage : page_size;
}

absl::StatusOr<int64_t> ReadAuditToken(const std::string& token) {
  int64_t after = 0;
  if (token.empty() || (absl::SimpleAtoi(token, &after) && after > 0)) return after;
  return RequestInvalid({{"page_token", "is not from an answer"}});
}

absl::StatusOr<std::vector<Exposure>> ReadRequestExposures(
    const google::protobuf::RepeatedPtrField<registry::v1::Exposure>& protos) {
  auto exposures = ReadExposures(protos);
  if (exposures.ok()) return exposures;
  return CaseInvalid({{"exposures", std::string(exposures.status().message())}});
}

}  // namespace oshirase::notifier
