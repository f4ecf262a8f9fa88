#include "services/notifier/rpc/statement_reader.h"

#include <algorithm>
#include <utility>

#include "common/status/macros.h"

namespace oshirase::notifier {
namespace {

namespace v1 = registry::v1;

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
  if (proto.nanos() != 0 || proto.seconds() <= 0 || proto.seconds() > kMaxSeconds) {
    return absl::InvalidArgumentError("a time is missing or no whole second from 1970 to 9999");
  }
  return absl::FromUnixSeconds(proto.seconds());
}

absl::StatusOr<Exposure> ReadExposure(const v1::Exposure& proto) {
  Exposure exposure{.venue_id = {proto.venue_id()},
                    .stay = absl::Seconds(proto.stay_seconds()),
                    .linger = absl::Seconds(proto.linger_seconds())};
  ASSIGN_OR_RETURN(exposure.from, ReadTime(proto.from_time()));
  ASSIGN_OR_RETURN(exposure.to, ReadTime(proto.to_time()));
  if (proto.has_event_end_time()) {
    ASSIGN_OR_RETURN(exposure.event_end, ReadTime(proto.event_end_time()));
  }
  return exposure;
}

}  // namespace

absl::StatusOr<std::vector<Exposure>> ReadExposures(
    const google::protobuf::RepeatedPtrField<v1::Exposure>& protos) {
  std::vector<Exposure> exposures;
  for (const v1::Exposure& proto : protos) {
    ASSIGN_OR_RETURN(auto exposure, ReadExposure(proto));
    exposures.push_back(std::move(exposure));
  }
  return exposures;
}

absl::StatusOr<Statement> ReadStatement(const std::string& bytes) {
  v1::Statement proto;
  if (!proto.ParseFromString(bytes)) {
    return absl::InvalidArgumentError("the bytes are no statement");
  }
  if (HasUnknownFields(proto)) {
    return absl::InvalidArgumentError("the statement holds an unknown field");
  }
  Statement statement{.request_id = proto.request_id(),
                      .case_ref = proto.case_ref(),
                      .notice_number = proto.notice_number(),
                      .drill = proto.drill(),
                      .template_name = proto.template_(),
                      .template_version = proto.template_version(),
                      .corrects_case_id = proto.corrects_case_id()};
  ASSIGN_OR_RETURN(statement.exposures, ReadExposures(proto.exposures()));
  ASSIGN_OR_RETURN(statement.expire_time, ReadTime(proto.expire_time()));
  for (const v1::MessageDigest& digest : proto.message_digests()) {
    MessageDigest read{.language = digest.language()};
    if (digest.sha256().size() != read.sha256.size()) {
      return absl::InvalidArgumentError("a digest is not 32 bytes");
    }
    std::copy(digest.sha256().begin(), digest.sha256().end(), read.sha256.begin());
    statement.message_digests.push_back(std::move(read));
  }
  return statement;
}

}  // namespace oshirase::notifier
