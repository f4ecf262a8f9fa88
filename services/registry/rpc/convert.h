// Between the wire and the domain.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "common/audit/entry.h"
#include "common/catalogue/catalogue.h"
#include "oshirase/registry/v1/registry_service.pb.h"
#include "services/registry/domain/key_release.h"
#include "services/registry/domain/officer.h"
#include "services/registry/domain/statement.h"
#include "services/registry/domain/venue.h"

namespace oshirase::registry {

VenueDetails FromProto(const v1::VenueDetails& proto);
// The usual stay is the catalogue's.
void ToProto(const Venue& venue, const catalogue::Catalogue& catalogue, v1::Venue* proto);

// What check-in needs of a venue: nothing of the business, where it is and what it declares.
void ToCheckInProto(const Venue& venue, const catalogue::Catalogue& catalogue, v1::Venue* proto);

v1::VenueState ToProto(VenueState state);

// Nothing for a value that is none.
std::optional<VenueState> FromProto(v1::VenueState state);
std::optional<Role> FromProto(v1::OfficerRole role);
std::optional<crypto::SignatureRole> FromProto(v1::SignatureRole role);

void ToProto(const Officer& officer, v1::Officer* proto);
void ToProto(const audit::ChainEntry& entry, audit::v1::AuditEntry* proto);
void ToProto(const ReleasedKeys& keys, v1::ReleaseOuterKeysResponse* proto);

absl::Time FromProto(const google::protobuf::Timestamp& proto);
void ToProto(absl::Time time, google::protobuf::Timestamp* proto);

}  // namespace oshirase::registry
