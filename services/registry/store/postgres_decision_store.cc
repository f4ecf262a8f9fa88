#include "services/registry/store/postgres_decision_store.h"

#include <optional>

#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/domain/business.h"
#include "services/registry/domain/errors.h"
#include "services/registry/store/audit_entry.h"
#include "services/registry/store/venue_history.h"
#include "services/registry/store/venue_places.h"
#include "services/registry/store/venue_update.h"
#include "services/registry/store/venue_writer.h"

namespace oshirase::registry {
namespace {

constexpr char kFindBusiness[] = R"(
  SELECT business_id FROM registry.venues WHERE venue_id = $1)";

constexpr char kLockVenue[] = R"(
  SELECT business_id, revision FROM registry.venues WHERE venue_id = $1 FOR UPDATE)";

constexpr char kSetBusiness[] = R"(
  UPDATE registry.venues SET business_id = $2 WHERE venue_id = $1)";

constexpr char kSetInspected[] = R"(
  UPDATE registry.venues
  SET last_inspect_time = $2, inspect_time = CASE WHEN $3 THEN $2::timestamptz END
  WHERE venue_id = $1)";

constexpr char kFindCertificate[] = R"(
  SELECT venue_id, state FROM registry.certificates WHERE certificate_number = $1)";

// A superseded one has ended before.
constexpr char kWithdraw[] = R"(
  UPDATE registry.certificates SET state = 'withdrawn', end_time = coalesce(end_time, $2)
  WHERE certificate_number = $1)";

std::string IdIn(const pqxx::field& field) {
  return postgres::Nullable<std::string>(field).value_or("");
}

// A venue whose row is locked, and whose businesses are: the one it has and the one it gets.
struct LockedVenue {
  std::string business_before;
  BusinessId business;
  int revision = 0;
};

// Businesses are locked before venues, as by everybody who locks both.
absl::StatusOr<LockedVenue> LockForCorrection(pqxx::work& tx, const EntryCorrection& correction) {
  const auto rows = tx.exec_params(kFindBusiness, correction.venue_id.value);
  if (rows.empty()) return VenueNotFound();
  const std::string before = IdIn(rows[0][0]);
  if (!before.empty()) LockBusiness(tx, {before});
  LockedVenue locked{.business_before = before,
                     .business = LockBusinessOf(tx, correction.details.email, correction.now)};
  const auto venue = tx.exec_params1(kLockVenue, correction.venue_id.value);
  locked.revision = venue["revision"].as<int>();
  // Another correction may have moved it in between, or the locking have given it its business.
  const std::string now = IdIn(venue["business_id"]);
  if (now != before && now != locked.business.value) return VenueChanged();
  return locked;
}

absl::Status WriteCorrection(pqxx::work& tx, const EntryCorrection& correction,
                             const LockedVenue& locked) {
  const VenueId& id = correction.venue_id;
  if (locked.revision != correction.revision) return VenueChanged();
  if (locked.business_before != locked.business.value && HasRooms(tx, id)) return ParentUnfit();
  RETURN_IF_ERROR(CheckParent(tx, locked.business, id, correction.details));
  HistoryLine line{.venue_id = id, .time = correction.now, .request_id = correction.request_id};
  if (correction.certificate.has_value()) {
    RETURN_IF_ERROR(CheckIsNext(tx, *correction.certificate));
    InsertNextCertificate(tx, *correction.certificate);
    line.certificate_number = correction.certificate->number;
  }
  UpdateDetails(tx, id, correction.details);
  tx.exec_params(kSetBusiness, id.value, locked.business.value);
  RecordChange(tx, correction.note, line);
  return absl::OkStatus();
}

}  // namespace

absl::Status PostgresDecisionStore::Correct(const EntryCorrection& correction) {
  ASSIGN_OR_RETURN(const auto mails, mails_.PrepareAll(correction.mails));
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const auto locked, LockForCorrection(tx, correction));
    ASSIGN_OR_RETURN(const bool repeated,
                     IsRepeated(tx, correction.note, correction.venue_id, correction.request_id));
    if (repeated) return log_.Append(tx, ToEntry(Repeated(correction.note)));
    if (correction.fields.empty()) return log_.Append(tx, ToEntry(correction.note));
    RETURN_IF_ERROR(WriteCorrection(tx, correction, locked));
    EnqueueAll(tx, mails);
    return log_.Append(tx, ToEntry(correction.note));
  });
  if (done.ok()) mails_.Wake();
  return done;
}

absl::Status PostgresDecisionStore::RecordInspection(const Inspection& inspection) {
  const auto& id = inspection.venue_id;
  return postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    if (tx.exec_params(kLockVenue, id.value).empty()) return VenueNotFound();
    ASSIGN_OR_RETURN(const bool repeated,
                     IsRepeated(tx, inspection.note, id, inspection.request_id));
    if (repeated) return log_.Append(tx, ToEntry(Repeated(inspection.note)));
    tx.exec_params(kSetInspected, id.value, postgres::TimeParam(inspection.now),
                   inspection.confirmed);
    RecordChange(tx, inspection.note,
                 {.venue_id = id, .time = inspection.now, .request_id = inspection.request_id});
    return log_.Append(tx, ToEntry(inspection.note));
  });
}

absl::Status PostgresDecisionStore::Withdraw(const Withdrawal& withdrawal) {
  ASSIGN_OR_RETURN(const auto mails, mails_.PrepareAll(withdrawal.mails));
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    const auto& number = withdrawal.certificate_number;
    const auto rows = tx.exec_params(kFindCertificate, number);
    if (rows.empty()) return CertificateNotFound();
    const VenueId id{rows[0]["venue_id"].as<std::string>()};
    // Whoever issues the venue's next certificate has this lock.
    tx.exec_params1(kLockVenue, id.value);
    if (tx.exec_params1(kFindCertificate, number)["state"].as<std::string>() ==
        NameOf(CertificateState::kWithdrawn)) {
      return log_.Append(tx, ToEntry(Repeated(withdrawal.note)));
    }
    tx.exec_params(kWithdraw, number, postgres::TimeParam(withdrawal.now));
    RecordChange(tx, withdrawal.note,
                 {.venue_id = id, .time = withdrawal.now, .certificate_number = number});
    EnqueueAll(tx, mails);
    return log_.Append(tx, ToEntry(withdrawal.note));
  });
  if (done.ok()) mails_.Wake();
  return done;
}

absl::Status PostgresDecisionStore::MailBusiness(const BusinessNotice& notice) {
  ASSIGN_OR_RETURN(const auto mails, mails_.PrepareAll(notice.mails));
  const auto& id = notice.venue_id;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    if (tx.exec_params(kLockVenue, id.value).empty()) return VenueNotFound();
    ASSIGN_OR_RETURN(const bool repeated, IsRepeated(tx, notice.note, id, notice.request_id));
    if (repeated) return log_.Append(tx, ToEntry(Repeated(notice.note)));
    RecordChange(tx, notice.note,
                 {.venue_id = id, .time = notice.now, .request_id = notice.request_id});
    EnqueueAll(tx, mails);
    return log_.Append(tx, ToEntry(notice.note));
  });
  if (done.ok()) mails_.Wake();
  return done;
}

}  // namespace oshirase::registry
