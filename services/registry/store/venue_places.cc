#include "services/registry/store/venue_places.h"

#include <algorithm>

#include "common/ids/uuid.h"
#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/domain/twin_key.h"

namespace oshirase::registry {
namespace {

// By the mailbox, so that the making of a business waits for it too. A row lock would do for those
// that exist, but takes a right to change rows that the service does not have.
constexpr char kLockMailbox[] = R"(
  SELECT pg_advisory_xact_lock(hashtextextended('registry.business ' || $1, 0)))";

constexpr char kLockBusiness[] = R"(
  SELECT pg_advisory_xact_lock(hashtextextended('registry.business ' || email_key, 0))
  FROM registry.businesses WHERE business_id = $1)";

constexpr char kMakeBusiness[] = R"(
  INSERT INTO registry.businesses (business_id, email, email_key, create_time)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (email_key) DO NOTHING)";

constexpr char kFindBusiness[] = R"(
  SELECT business_id FROM registry.businesses WHERE email_key = $1)";

constexpr char kAdoptVenues[] = R"(
  UPDATE registry.venues SET business_id = $1
  WHERE business_id IS NULL AND lower(email COLLATE "C") = $2)";

constexpr char kFindTwins[] = R"(
  SELECT venue_id FROM registry.venues
  WHERE business_id = $1 AND twin_key = ANY ($2::bytea[]) AND state <> 'closed' AND venue_id <> $3
  ORDER BY create_time, venue_id
  LIMIT 1)";

constexpr char kCountFitParents[] = R"(
  SELECT count(*) FROM registry.venues
  WHERE venue_id = ANY ($1::uuid[]) AND business_id = $2 AND parent_venue_id IS NULL)";

constexpr char kHasRooms[] = R"(
  SELECT 1 FROM registry.venues WHERE parent_venue_id = $1 LIMIT 1)";

constexpr char kNobody[] = "00000000-0000-0000-0000-000000000000";

absl::string_view View(const crypto::Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::optional<VenueId> FindTwinBut(pqxx::work& tx, const BusinessId& business_id,
                                   const postgres::ByteaArray& keys, const std::string& but) {
  const auto rows = tx.exec_params(kFindTwins, business_id.value, keys.Param(), but);
  if (rows.empty()) return std::nullopt;
  return VenueId{rows[0][0].as<std::string>()};
}

}  // namespace

BusinessId LockBusinessOf(pqxx::work& tx, const std::string& email, absl::Time now) {
  const std::string key = EmailKey(email);
  tx.exec_params(kLockMailbox, key);
  tx.exec_params(kMakeBusiness, ids::NewUuid(), email, key, postgres::TimeParam(now));
  const BusinessId id{tx.exec_params1(kFindBusiness, key)[0].as<std::string>()};
  tx.exec_params(kAdoptVenues, id.value, key);
  return id;
}

void LockBusiness(pqxx::work& tx, const BusinessId& id) { tx.exec_params(kLockBusiness, id.value); }

std::optional<VenueId> FindTwin(pqxx::work& tx, const BusinessId& business_id,
                                const VenueDetails& details) {
  postgres::ByteaArray keys;
  keys.Add(View(TwinKeyOf(details)));
  return FindTwinBut(tx, business_id, keys, kNobody);
}

absl::Status CheckPlaces(pqxx::work& tx, const BusinessId& business_id,
                         std::span<const VenueAddition> additions) {
  postgres::ByteaArray keys;
  std::vector<std::string> parents;
  for (const auto& addition : additions) {
    const VenueDetails& details = addition.venue.details;
    if (addition.twins == Twins::kRefused) keys.Add(View(TwinKeyOf(details)));
    if (!details.parent_venue_id.empty()) parents.push_back(details.parent_venue_id);
  }
  if (keys.size() > 0 && FindTwinBut(tx, business_id, keys, kNobody).has_value())
    return VenueAlreadyRegistered();
  std::sort(parents.begin(), parents.end());
  parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
  if (parents.empty()) return absl::OkStatus();
  postgres::UuidArray array;
  for (const auto& parent : parents) RETURN_IF_ERROR(array.Add(parent));
  const auto fit = tx.exec_params1(kCountFitParents, array.Param(), business_id.value);
  return fit[0].as<size_t>() == parents.size() ? absl::OkStatus() : ParentUnfit();
}

absl::Status CheckParent(pqxx::work& tx, const BusinessId& business_id, const VenueId& venue_id,
                         const VenueDetails& details) {
  if (details.parent_venue_id.empty()) return absl::OkStatus();
  if (details.parent_venue_id == venue_id.value) return ParentUnfit();
  postgres::UuidArray parent;
  RETURN_IF_ERROR(parent.Add(details.parent_venue_id));
  const auto fit = tx.exec_params1(kCountFitParents, parent.Param(), business_id.value);
  return fit[0].as<int>() == 1 && !HasRooms(tx, venue_id) ? absl::OkStatus() : ParentUnfit();
}

bool HasRooms(pqxx::work& tx, const VenueId& venue_id) {
  return !tx.exec_params(kHasRooms, venue_id.value).empty();
}

absl::Status CheckPlace(pqxx::work& tx, const BusinessId& business_id, const VenueId& venue_id,
                        const VenueDetails& details) {
  postgres::ByteaArray keys;
  keys.Add(View(TwinKeyOf(details)));
  if (FindTwinBut(tx, business_id, keys, venue_id.value).has_value())
    return VenueAlreadyRegistered();
  return CheckParent(tx, business_id, venue_id, details);
}

}  // namespace oshirase::registry
