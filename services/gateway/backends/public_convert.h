// Between the registry's public messages and the gateway's plain types.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "oshirase/registry/v1/public_service.pb.h"
#include "services/gateway/backends/public_client.h"

namespace oshirase::gateway {

// Return INVALID_ARGUMENT when a certificate's number is none.
absl::StatusOr<PublishedCertificate> FromProto(const registry::v1::GetCertificateResponse& proto);
absl::StatusOr<std::vector<ListedVenue>> FromProto(
    const google::protobuf::RepeatedPtrField<registry::v1::ListedVenue>& protos);

registry::v1::SubmitEnquiryRequest ToProto(const Enquiry& enquiry);
registry::v1::SubmitReportRequest ToProto(const Report& report);

}  // namespace oshirase::gateway
