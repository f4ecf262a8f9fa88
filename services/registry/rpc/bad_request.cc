#include "services/registry/rpc/bad_request.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/status/errors.h"
#include "google/rpc/error_details.pb.h"
#include "services/registry/domain/registrar.h"

namespace oshirase::registry {
namespace {

constexpr char kBadRequestUrl[] = "type.googleapis.com/google.rpc.BadRequest";
constexpr int kMaxPageSize = 100;

}  // namespace

absl::Status WithViolations(absl::Status status, const FieldViolations& violations) {
  google::rpc::BadRequest details;
  for (const auto& violation : violations) {
    auto* proto = details.add_field_violations();
    proto->set_field(violation.field);
    proto->set_reason(violation.reason);
    proto->set_description(violation.description);
  }
  status.SetPayload(kBadRequestUrl, absl::Cord(details.SerializeAsString()));
  return status;
}

void RequestCheck::Add(const std::string& field, const std::string& reason,
                       const std::string& description) {
  violations_.push_back({.field = field, .reason = reason, .description = description});
}

void RequestCheck::Add(const FieldViolations& violations) {
  violations_.insert(violations_.end(), violations.begin(), violations.end());
}

void RequestCheck::Uuid(const std::string& field, const std::string& value) {
  if (ids::ParseUuid(value).ok()) return;
  Add(field, value.empty() ? "REQUIRED" : "NOT_A_UUID", "must be a UUID in lower case");
}

void RequestCheck::Range(const std::string& field, int64_t value, int64_t min, int64_t max) {
  if (value >= min && value <= max) return;
  Add(field, "OUT_OF_RANGE", absl::StrCat("must be ", min, " to ", max));
}

void RequestCheck::Grace(const std::string& field, const google::protobuf::Duration& grace) {
  Range(field + ".seconds", grace.seconds(), 0, absl::ToInt64Seconds(Registrar::kMaxGrace));
  Range(field + ".nanos", grace.nanos(), 0, 0);
}

int RequestCheck::PageSize(int32_t value, int default_size) {
  Range("page_size", value, 0, kMaxPageSize);
  return value == 0 ? default_size : value;
}

absl::Status RequestCheck::Finish() const {
  if (violations_.empty()) return absl::OkStatus();
  return WithViolations(ReasonedError(absl::StatusCode::kInvalidArgument, "REQUEST_INVALID",
                                      "the request is not right"),
                        violations_);
}

}  // namespace oshirase::registry
