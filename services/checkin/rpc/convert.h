// Between the check-in messages and the domain, with every bound of the contract checked on the way
// in.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "oshirase/checkin/v1/checkin_service.pb.h"
#include "services/checkin/domain/visit.h"
#include "services/checkin/domain/visit_cap.h"

namespace oshirase::checkin {

// The visits of a request and, where one breaks the contract, its absence: the place of each
// remaining one in the request. Returns INVALID_ARGUMENT REQUEST_INVALID for none or more than 500.
struct VisitsOfRequest {
  std::vector<Visit> visits;
  std::vector<int> positions;
};
absl::StatusOr<VisitsOfRequest> FromProto(const v1::RecordVisitsRequest& request);

// Returns INVALID_ARGUMENT REQUEST_INVALID when a bound is broken.
absl::StatusOr<std::vector<Admission>> FromProto(const v1::AdmitVisitsRequest& request);
absl::StatusOr<std::vector<VenueHours>> FromProto(
    const google::protobuf::RepeatedPtrField<v1::VenueHours>& list);

v1::Outcome ToProto(Outcome outcome);
void ToProto(const Visit& visit, v1::SealedVisit* proto);

}  // namespace oshirase::checkin
