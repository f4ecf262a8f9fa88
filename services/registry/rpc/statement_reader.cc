#include "services/registry/rpc/statement_reader.h"

#include <google/protobuf/stubs/logging.h>

#include <vector>

#include "common/status/macros.h"
#include "oshirase/registry/v1/exposure.pb.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {
namespace {

constexpr int64_t kMaxSeconds = 253'402'300'799;  // the last second of 9999

bool HasUnknownFields(const google::protobuf::Message& message) {
  const auto* const reflection = message.GetReflection();
  if (!reflection->GetUnknownFields(message).empty()) return true;
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (HasUnknownFields(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                                : reflection->GetMessage(message, field))) {
        return true;
      }
    }
  }
  return false;
}

// The time, which must be set: unset is 1970-01-01 and nobody means that.
absl::StatusOr<absl::Time> ReadTime(const google::protobuf::Timestamp& proto) {
  if (proto.nanos() != 0 || proto.seconds() <= 0 || proto.seconds() > kMaxSeconds)
    return StatementInvalid("a time is missing or no whole second from 1970 to 9999");
  return absl::FromUnixSeconds(proto.seconds());
}

absl::StatusOr<Exposure> ReadExposure(const v1::Exposure& proto) {
  Exposure exposure{.venue_id = {proto.venue_id()},
                    .from = {},
                    .to = {},
                    .stay = absl::Seconds(proto.stay_seconds()),
                    .linger = absl::Seconds(proto.linger_seconds()),
                    .event_end = std::nullopt};
  ASSIGN_OR_RETURN(exposure.from, ReadTime(proto.from_time()));
  ASSIGN_OR_RETURN(exposure.to, ReadTime(proto.to_time()));
  if (proto.has_event_end_time()) {
    ASSIGN_OR_RETURN(exposure.event_end, ReadTime(proto.event_end_time()));
  }
  return exposure;
}

}  // namespace

absl::StatusOr<Statement> ReadStatement(const std::string& bytes) {
  // The library writes what it cannot parse to stderr; the caller gets a status instead.
  const google::protobuf::LogSilencer silencer;
  v1::Statement proto;
  if (!proto.ParseFromString(bytes)) return StatementInvalid("the bytes are no statement");
  if (HasUnknownFields(proto)) return StatementInvalid("the statement holds an unknown field");
  Statement statement{.request_id = proto.request_id(),
                      .case_ref = proto.case_ref(),
                      .notice_number = proto.notice_number(),
                      .drill = proto.drill(),
                      .exposures = {},
                      .template_name = proto.template_(),
                      .template_version = proto.template_version(),
                      .message_digests = {},
                      .expire_time = {},
                      .corrects_case_id = proto.corrects_case_id()};
  for (const auto& exposure : proto.exposures()) {
    ASSIGN_OR_RETURN(auto read, ReadExposure(exposure));
    statement.exposures.push_back(std::move(read));
  }
  for (const auto& digest : proto.message_digests())
    statement.message_digests.push_back({.language = digest.language(), .sha256 = digest.sha256()});
  ASSIGN_OR_RETURN(statement.expire_time, ReadTime(proto.expire_time()));
  return statement;
}

}  // namespace oshirase::registry
