#include "services/registry/store/postgres_reissue_store.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/postgres/binary_array.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/store/audit_entry.h"
#include "services/registry/store/venue_history.h"
#include "services/registry/store/venue_row.h"
#include "services/registry/store/venue_writer.h"

namespace oshirase::registry {
namespace {

constexpr char kInsertRun[] = R"(
  INSERT INTO registry.reissue_runs (run_id, reason, actor, create_time, mail)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (run_id) DO NOTHING)";

constexpr char kFindRun[] = R"(
  SELECT reason, mail, create_time FROM registry.reissue_runs WHERE run_id = $1)";

constexpr char kLockRun[] = R"(
  SELECT done FROM registry.reissue_runs WHERE run_id = $1 FOR UPDATE)";

constexpr char kCountDone[] = R"(
  UPDATE registry.reissue_runs SET done = done + $2 WHERE run_id = $1 RETURNING done)";

// Of venues as `v` with their newest certificate as `s`: still to be done by the run $1, begun at
// $2.
constexpr char kToBeDone[] = R"(
  v.state = 'open' AND v.create_time < $2::timestamptz AND coalesce(s.state, '') <> 'withdrawn'
  AND NOT EXISTS (SELECT 1 FROM registry.reissued_venues AS r
                  WHERE r.run_id = $1 AND r.venue_id = v.venue_id))";

constexpr char kNewest[] = R"(
  FROM registry.venues AS v
  LEFT JOIN LATERAL (
    SELECT n.version, n.state FROM registry.certificates AS n
    WHERE n.venue_id = v.venue_id ORDER BY n.version DESC LIMIT 1) AS s ON true
  WHERE )";

constexpr char kLockVenues[] = R"(
  SELECT venue_id FROM registry.venues WHERE venue_id = ANY ($1::uuid[])
  ORDER BY venue_id FOR UPDATE)";

constexpr char kInsertReissued[] = R"(
  INSERT INTO registry.reissued_venues (run_id, venue_id) SELECT $1, unnest($2::uuid[]))";

constexpr char kFirstId[] = "00000000-0000-0000-0000-000000000000";

// What a certificate's venue must still be when it is issued.
struct Standing {
  int revision = 0;
  int version = 0;  // of the newest certificate, 0 for none
};

// Locks the batch's venues, and returns those that are still to be done.
absl::StatusOr<std::map<std::string, Standing>> LockVenues(pqxx::work& tx,
                                                           const ReissueBatch& batch) {
  postgres::UuidArray ids;
  for (const auto& next : batch.certificates)
    RETURN_IF_ERROR(ids.Add(next.certificate.venue_id.value));
  tx.exec_params(kLockVenues, ids.Param());
  std::map<std::string, Standing> venues;
  // By a statement of its own: one that waits for locks sees the other tables as they were before.
  for (const auto& row : tx.exec_params(
           absl::StrCat("SELECT v.venue_id, v.revision, coalesce(s.version, 0) AS version", kNewest,
                        kToBeDone, " AND v.venue_id = ANY ($3::uuid[])"),
           batch.run_id, "infinity", ids.Param())) {
    venues[row["venue_id"].as<std::string>()] = {.revision = row["revision"].as<int>(),
                                                 .version = row["version"].as<int>()};
  }
  return venues;
}

// Stores what fits the venues as they are. Returns how many that are.
absl::StatusOr<int> WriteCertificates(pqxx::work& tx, const ReissueBatch& batch,
                                      const std::map<std::string, Standing>& venues,
                                      const PreparedMails& mails) {
  std::vector<const IssuedCertificate*> certificates;
  std::vector<HistoryLine> lines;
  postgres::UuidArray ids;
  for (size_t i = 0; i < batch.certificates.size(); ++i) {
    const auto& [revision, certificate, mail] = batch.certificates[i];
    const auto venue = venues.find(certificate.venue_id.value);
    if (venue == venues.end() || venue->second.revision != revision ||
        venue->second.version + 1 != certificate.version) {
      continue;
    }
    certificates.push_back(&certificate);
    lines.push_back({.venue_id = certificate.venue_id,
                     .time = batch.now,
                     .certificate_number = certificate.number});
    RETURN_IF_ERROR(ids.Add(certificate.venue_id.value));
    if (mails[i] != nullptr) mails[i]->Enqueue(tx);
  }
  if (certificates.empty()) return 0;
  tx.exec_params(kInsertReissued, batch.run_id, ids.Param());
  InsertNextCertificates(tx, certificates, batch.now);
  RecordChanges(tx, batch.note, lines);
  return static_cast<int>(certificates.size());
}

// One for each certificate, null where there is none or it can never be sent: an address that no
// mail server takes must not keep everybody else from being served.
absl::StatusOr<PreparedMails> PrepareMails(const MailQueue& queue, const ReissueBatch& batch) {
  PreparedMails mails;
  for (const auto& next : batch.certificates) {
    auto& prepared = mails.emplace_back();
    if (!next.mail.has_value()) continue;
    auto mail = queue.Prepare(*next.mail);
    if (mail.ok()) {
      prepared = *std::move(mail);
    } else if (!absl::IsInvalidArgument(mail.status())) {
      return mail.status();
    }
  }
  return mails;
}

}  // namespace

absl::StatusOr<ReissueRun> PostgresReissueStore::Begin(const ReissueRun& run,
                                                       const AuditNote& note) {
  ReissueRun begun = run;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    const bool is_new = tx.exec_params(kInsertRun, run.id, run.reason, note.actor,
                                       postgres::TimeParam(run.create_time), run.mail)
                            .affected_rows() > 0;
    const auto row = tx.exec_params1(kFindRun, run.id);
    if (row["reason"].as<std::string>() != run.reason || row["mail"].as<bool>() != run.mail)
      return RequestIdReused();
    begun.create_time = postgres::Time(row["create_time"]);
    return log_.Append(tx, ToEntry(is_new ? note : Repeated(note)));
  });
  if (!done.ok()) return done;
  return begun;
}

absl::StatusOr<ReissueProgress> PostgresReissueStore::Progress(const ReissueRun& run) {
  ReissueProgress progress;
  const auto query = absl::StrCat(
      "SELECT (SELECT done FROM registry.reissue_runs WHERE run_id = $1),"
      " (SELECT count(*)",
      kNewest, kToBeDone, ")");
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto row = tx.exec_params1(query, run.id, postgres::TimeParam(run.create_time));
    progress.done = row[0].as<int64_t>();
    progress.total = progress.done + row[1].as<int64_t>();
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return progress;
}

absl::StatusOr<std::vector<OwnVenue>> PostgresReissueStore::Next(
    const ReissueRun& run, const std::optional<VenueId>& after, int limit) {
  const auto query = SelectOwnVenues(
      absl::StrCat(" WHERE ", kToBeDone, " AND v.venue_id > $3 ORDER BY v.venue_id LIMIT $4"));
  std::vector<OwnVenue> venues;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    venues = OwnVenuesOf(tx.exec_params(query, run.id, postgres::TimeParam(run.create_time),
                                        after.has_value() ? after->value : kFirstId, limit));
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return venues;
}

absl::StatusOr<BatchResult> PostgresReissueStore::Issue(const ReissueBatch& batch) {
  ASSIGN_OR_RETURN(const auto mails, PrepareMails(mails_, batch));
  BatchResult result;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    // Two callers of one run take turns here, so that each sees what the other has done.
    result.done = tx.exec_params1(kLockRun, batch.run_id)[0].as<int64_t>();
    ASSIGN_OR_RETURN(const auto venues, LockVenues(tx, batch));
    ASSIGN_OR_RETURN(const int count, WriteCertificates(tx, batch, venues, mails));
    result.left_out = static_cast<int64_t>(venues.size()) - count;
    if (count == 0) return absl::OkStatus();
    result.done = tx.exec_params1(kCountDone, batch.run_id, count)[0].as<int64_t>();
    AuditNote note = batch.note;
    note.facts.push_back({"count", int64_t{count}});
    return log_.Append(tx, ToEntry(note));
  });
  if (!done.ok()) return done;
  mails_.Wake();
  return result;
}

}  // namespace oshirase::registry
