// Reads the requests that carry more than a field or two into what the domain takes, and finds
// everything wrong with their shape on the way.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/server_context.h"
#include "oshirase/registry/v1/registry_service.pb.h"
#include "services/registry/domain/key_release.h"
#include "services/registry/domain/officers.h"
#include "services/registry/domain/venue.h"
#include "services/registry/domain/venue_search.h"

namespace oshirase::registry {

// Who calls, as the audit log writes it: "officer/<id>" or "service/<name>".
std::string ActorOf(const grpc::ServerContext& context);

// All of these return INVALID_ARGUMENT REQUEST_INVALID with every wrong field, Enrolment also
// OFFICER_INVALID for a role that is none.
absl::StatusOr<ReleaseRequest> ReadRelease(const v1::ReleaseOuterKeysRequest& request,
                                           const std::string& actor);
absl::StatusOr<VoidRequest> ReadVoid(const v1::VoidStatementRequest& request,
                                     const std::string& actor);
absl::StatusOr<EnrolRequest> ReadEnrolment(const v1::EnrolOfficerRequest& request,
                                           const std::string& actor);
absl::StatusOr<VenueSearchRequest> ReadSearch(const v1::FindVenuesRequest& request,
                                              const std::string& actor);
// 1 to `max` ids of venues in the field `venue_ids`.
absl::StatusOr<std::vector<VenueId>> ReadVenueIds(
    const google::protobuf::RepeatedPtrField<std::string>& venue_ids, int max);

}  // namespace oshirase::registry
