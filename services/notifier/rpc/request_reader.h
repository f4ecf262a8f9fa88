// What is wrong with the shape of a request, whatever the case.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/repeated_field.h"
#include "grpcpp/server_context.h"
#include "oshirase/notifier/v1/notifier_service.pb.h"
#include "services/notifier/domain/case_entry.h"
#include "services/notifier/domain/case_preparer.h"

namespace oshirase::notifier {

// The officer who calls. The access policy lets nobody else in.
std::string OfficerOf(const grpc::ServerContext& context);

// All of these return INVALID_ARGUMENT REQUEST_INVALID with every wrong field.
absl::Status CheckCaseId(const std::string& case_id);
absl::StatusOr<OfficerSignature> ReadSignature(const registry::v1::OfficerSignature& proto);
absl::StatusOr<CaseToEnter> ReadCase(const v1::SubmitCaseRequest& request);
absl::StatusOr<std::vector<Day>> ReadDays(const v1::GetDayKeysRequest& request);
// `page_size` when it is 1 to 100; 50 when it is 0.
absl::StatusOr<int> ReadPageSize(int32_t page_size);
// The seq in a page token of ListAuditEntries.
absl::StatusOr<int64_t> ReadAuditToken(const std::string& token);
// Returns CASE_INVALID when an exposure lacks a time.
absl::StatusOr<std::vector<Exposure>> ReadRequestExposures(
    const google::protobuf::RepeatedPtrField<registry::v1::Exposure>& protos);

}  // namespace oshirase::notifier
