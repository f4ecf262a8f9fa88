// Between the registry's messages about a business's venues and the gateway's plain types.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "oshirase/registry/v1/business_service.pb.h"
#include "services/gateway/backends/business_client.h"

namespace oshirase::gateway {

absl::Time ToTime(const google::protobuf::Timestamp& timestamp);

registry::v1::VenueDetails ToProto(const VenueDetails& details);
registry::v1::Credential ToProto(const Credential& credential);
registry::v1::Document ToProto(Document document);

VenueDetails FromProto(const registry::v1::VenueDetails& proto);
// Returns INVALID_ARGUMENT when its code or its certificate's number is none.
absl::StatusOr<OwnVenue> FromProto(const registry::v1::OwnVenue& proto);
MailedLink FromProto(const registry::v1::CheckLinkResponse& proto);

}  // namespace oshirase::gateway
