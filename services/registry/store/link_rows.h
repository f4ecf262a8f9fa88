// Using links and opening sessions: what the stores of businesses and of their venues have in
// common. Everything here works inside the caller's transaction and throws what libpqxx throws.
#pragma once

#include <optional>
#include <pqxx/pqxx>
#include <string>

#include "absl/status/statusor.h"
#include "services/registry/domain/business.h"

namespace oshirase::registry {

struct UsedLink {
  std::optional<std::string> registration_id;
  std::optional<BusinessId> business_id;
};

// Marks a link as used; of two who try at once, one does. Returns LINK_UNKNOWN, LINK_USED,
// LINK_EXPIRED.
absl::StatusOr<UsedLink> UseLink(pqxx::work& tx, const TokenHash& token_hash, absl::Time now);

void InsertSession(pqxx::work& tx, const Session& session, const BusinessId& business_id);

// For a bytea parameter.
pqxx::binarystring HashParam(const TokenHash& hash);

}  // namespace oshirase::registry
