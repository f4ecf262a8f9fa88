#include "services/registry/store/postgres_own_venue_store.h"

#include <algorithm>
#include <utility>

#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/store/audit_entry.h"
#include "services/registry/store/link_rows.h"
#include "services/registry/store/venue_history.h"
#include "services/registry/store/venue_places.h"
#include "services/registry/store/venue_row.h"
#include "services/registry/store/venue_update.h"
#include "services/registry/store/venue_writer.h"

namespace oshirase::registry {
namespace {

constexpr char kEmptyPending[] = R"(
  UPDATE registry.pending_registrations SET details = NULL WHERE request_id = $1)";

constexpr char kLockOwn[] = R"(
  SELECT state, revision FROM registry.venues WHERE venue_id = $1 AND business_id = $2 FOR UPDATE)";

constexpr char kFindChange[] = R"(
  SELECT venue_id, certificate_number IS NOT NULL AS issued FROM registry.venue_changes
  WHERE request_id = $1)";

constexpr char kSetState[] = R"(
  UPDATE registry.venues SET state = $2 WHERE venue_id = $1)";

constexpr char kFindImport[] = R"(
  SELECT business_id, venue_count FROM registry.imports WHERE request_id = $1)";

constexpr char kInsertImport[] = R"(
  INSERT INTO registry.imports (request_id, business_id, venue_count, create_time)
  VALUES ($1, $2, $3, $4))";

constexpr char kFindTwins[] = R"(
  SELECT DISTINCT twin_key FROM registry.venues
  WHERE business_id = $1 AND twin_key = ANY ($2::bytea[]) AND state <> 'closed')";

// What follows SelectOwnVenues() of venue_row.h.
constexpr char kOwn[] = R"( WHERE v.venue_id = $1 AND v.business_id = $2)";
constexpr char kAllOwn[] = R"(
  WHERE v.business_id = $1 AND (v.create_time, v.venue_id) < ($2::timestamptz, $3::uuid)
  ORDER BY v.create_time DESC, v.venue_id DESC LIMIT $4)";

constexpr char kLastVenueId[] = "ffffffff-ffff-ffff-ffff-ffffffffffff";

absl::StatusOr<OwnVenue> SelectOwn(pqxx::work& tx, const VenueId& id,
                                   const BusinessId& business_id) {
  const auto rows = tx.exec_params(SelectOwnVenues(kOwn), id.value, business_id.value);
  if (rows.empty()) return VenueNotFound();
  return OwnVenueOf(rows[0]);
}

// The count of an earlier import with this request id, or nothing.
template <typename Transaction>
absl::StatusOr<std::optional<int>> FindImport(Transaction& tx, const std::string& request_id,
                                              const BusinessId& business_id) {
  const auto rows = tx.exec_params(kFindImport, request_id);
  if (rows.empty()) return std::nullopt;
  if (rows[0][0].template as<std::string>() != business_id.value) return RequestIdReused();
  return rows[0][1].template as<int>();
}

// Whether the update was made by an earlier call: then whether that issued a certificate.
absl::StatusOr<std::optional<bool>> FindUpdate(pqxx::work& tx, const VenueUpdate& update) {
  const auto rows = tx.exec_params(kFindChange, update.request_id);
  if (rows.empty()) return std::nullopt;
  if (rows[0][0].as<std::string>() != update.venue_id.value) return RequestIdReused();
  return rows[0][1].as<bool>();
}

absl::Status CheckBase(pqxx::work& tx, const VenueUpdate& update, int revision) {
  if (revision != update.revision) return VenueChanged();
  return update.certificate.has_value() ? CheckIsNext(tx, *update.certificate) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<LinkedVenue> PostgresOwnVenueStore::AddByLink(const LinkedAddition& linked) {
  const VenueAddition& addition = linked.addition;
  const VenueDetails& details = addition.venue.details;
  const absl::Time now = linked.session.create_time;
  ASSIGN_OR_RETURN(const auto mails, mails_.PrepareAll(addition.mails));
  LinkedVenue result;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const auto link, UseLink(tx, linked.token_hash, now));
    if (link.registration_id != addition.request_id) return LinkUnknown();
    result = {.business_id = LockBusinessOf(tx, details.email, now), .venue_id = addition.venue.id};
    InsertSession(tx, linked.session, result.business_id);
    tx.exec_params(kEmptyPending, addition.request_id);
    if (const auto twin = FindTwin(tx, result.business_id, details); twin.has_value()) {
      result.venue_id = *twin;
      result.already_registered = true;
      return absl::OkStatus();
    }
    VenueAddition own = addition;
    own.note.actor = ActorOf(result.business_id);
    RETURN_IF_ERROR(InsertVenues(tx, result.business_id, {&own, 1}));
    EnqueueAll(tx, mails);
    return log_.Append(tx, ToEntry(own.note));
  });
  if (!done.ok()) return done;
  mails_.Wake();
  return result;
}

absl::StatusOr<UpdatedVenue> PostgresOwnVenueStore::Update(const VenueUpdate& update) {
  ASSIGN_OR_RETURN(const auto mails, mails_.PrepareAll(update.mails));
  UpdatedVenue result;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    LockBusiness(tx, update.business_id);
    const auto own = tx.exec_params(kLockOwn, update.venue_id.value, update.business_id.value);
    if (own.empty()) return VenueNotFound();
    ASSIGN_OR_RETURN(const auto earlier, FindUpdate(tx, update));
    const bool changes = !earlier.has_value() && !update.fields.empty();
    if (changes) {
      RETURN_IF_ERROR(CheckBase(tx, update, own[0]["revision"].as<int>()));
      RETURN_IF_ERROR(CheckPlace(tx, update.business_id, update.venue_id, update.details));
      UpdateDetails(tx, update.venue_id, update.details);
      HistoryLine line{
          .venue_id = update.venue_id, .time = update.now, .request_id = update.request_id};
      if (update.certificate.has_value()) {
        InsertNextCertificate(tx, *update.certificate);
        line.certificate_number = update.certificate->number;
      }
      RecordChange(tx, update.note, line);
      EnqueueAll(tx, mails);
    }
    ASSIGN_OR_RETURN(result.venue, SelectOwn(tx, update.venue_id, update.business_id));
    result.certificate_issued = changes ? update.certificate.has_value() : earlier.value_or(false);
    return changes ? log_.Append(tx, ToEntry(update.note)) : absl::OkStatus();
  });
  if (!done.ok()) return done;
  mails_.Wake();
  return result;
}

absl::StatusOr<int> PostgresOwnVenueStore::AddBatch(const VenueBatch& batch) {
  ASSIGN_OR_RETURN(const auto mails, mails_.PrepareAll(batch.mails));
  auto count = static_cast<int>(batch.additions.size());
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    LockBusiness(tx, batch.business_id);
    ASSIGN_OR_RETURN(const auto earlier, FindImport(tx, batch.request_id, batch.business_id));
    if (earlier.has_value()) {
      count = *earlier;
      return absl::OkStatus();
    }
    RETURN_IF_ERROR(CheckPlaces(tx, batch.business_id, batch.additions));
    RETURN_IF_ERROR(InsertVenues(tx, batch.business_id, batch.additions));
    tx.exec_params(kInsertImport, batch.request_id, batch.business_id.value, count,
                   postgres::TimeParam(batch.now));
    EnqueueAll(tx, mails);
    return log_.Append(tx, ToEntry(batch.note));
  });
  if (!done.ok()) return done;
  mails_.Wake();
  return count;
}

absl::StatusOr<std::optional<int>> PostgresOwnVenueStore::FindBatch(const std::string& request_id,
                                                                    const BusinessId& business_id) {
  std::optional<int> count;
  const auto done =
      postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) -> absl::Status {
        ASSIGN_OR_RETURN(count, FindImport(tx, request_id, business_id));
        return absl::OkStatus();
      });
  if (!done.ok()) return done;
  return count;
}

absl::StatusOr<std::vector<crypto::Digest>> PostgresOwnVenueStore::FindTwins(
    const BusinessId& business_id, const std::vector<crypto::Digest>& keys) {
  postgres::ByteaArray array(keys.size());
  for (const auto& key : keys) array.Add({reinterpret_cast<const char*>(key.data()), key.size()});
  std::vector<crypto::Digest> twins;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    for (const auto& row : tx.exec_params(kFindTwins, business_id.value, array.Param())) {
      const std::string bytes = postgres::Bytes(row[0]);
      std::copy_n(bytes.begin(), std::min(bytes.size(), sizeof(crypto::Digest)),
                  twins.emplace_back().begin());
    }
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return twins;
}

absl::StatusOr<OwnVenue> PostgresOwnVenueStore::SetOwnState(const OwnStateChange& change) {
  OwnVenue result;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    const auto own = tx.exec_params(kLockOwn, change.venue_id.value, change.business_id.value);
    if (own.empty()) return VenueNotFound();
    const auto state = own[0]["state"].as<std::string>();
    if (state == NameOf(VenueState::kSuspended)) return VenueIsSuspended();
    const bool changes = state != NameOf(change.state);
    if (changes) {
      tx.exec_params(kSetState, change.venue_id.value, NameOf(change.state));
      RecordChange(tx, change.note, {.venue_id = change.venue_id, .time = change.now});
    }
    ASSIGN_OR_RETURN(result, SelectOwn(tx, change.venue_id, change.business_id));
    return changes ? log_.Append(tx, ToEntry(change.note)) : absl::OkStatus();
  });
  if (!done.ok()) return done;
  return result;
}

absl::StatusOr<std::optional<OwnVenue>> PostgresOwnVenueStore::Find(const VenueId& id,
                                                                    const BusinessId& business_id) {
  std::optional<OwnVenue> found;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto rows = tx.exec_params(SelectOwnVenues(kOwn), id.value, business_id.value);
    if (!rows.empty()) found = OwnVenueOf(rows[0]);
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return found;
}

absl::StatusOr<std::optional<OwnVenue>> PostgresOwnVenueStore::FindByCertificate(
    const std::string& number) {
  std::optional<OwnVenue> found;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto rows = tx.exec_params(SelectVenueOfCertificate(), number);
    if (!rows.empty()) found = OwnVenueOf(rows[0]);
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return found;
}

absl::StatusOr<std::vector<OwnVenue>> PostgresOwnVenueStore::List(
    const BusinessId& business_id, const std::optional<VenueCursor>& after, int limit) {
  const VenueCursor cursor = after.value_or(
      VenueCursor{.create_time = absl::InfiniteFuture(), .venue_id = {kLastVenueId}});
  std::vector<OwnVenue> venues;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    venues = OwnVenuesOf(tx.exec_params(SelectOwnVenues(kAllOwn), business_id.value,
                                        postgres::TimeParam(cursor.create_time),
                                        cursor.venue_id.value, limit));
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return venues;
}

}  // namespace oshirase::registry
