// Entering and reading cases; what happens to them later is in postgres_case_changes.cc.
#include "services/notifier/store/postgres_case_store.h"

#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "services/notifier/domain/errors.h"
#include "services/notifier/store/audit_append.h"
#include "services/notifier/store/case_rows.h"

namespace oshirase::notifier {
namespace {

using postgres::BytesParam;
using postgres::TimeParam;

constexpr char kReserve[] = R"sql(
  INSERT INTO notifier.notice_numbers (number, reserve_time) VALUES ($1, $2)
  ON CONFLICT DO NOTHING)sql";

constexpr char kFindRequest[] = R"sql(
  SELECT case_id, statement FROM notifier.cases WHERE request_id = $1::uuid)sql";

// Nothing is inserted when the number was never reserved.
constexpr char kInsertCase[] = R"sql(
  INSERT INTO notifier.cases (case_id, request_id, case_ref, notice_number, drill, statement,
    submitted_by, submit_time, expire_time, state, signatures_needed)
  SELECT $1::uuid, $2::uuid, $3, number, $5::boolean, $6::bytea, $7, $8::timestamptz,
    $9::timestamptz, 'SUBMITTED', $10::integer
  FROM notifier.notice_numbers WHERE number = $4
  ON CONFLICT (notice_number) DO NOTHING)sql";

constexpr char kInsertSignature[] = R"sql(
  INSERT INTO notifier.case_signatures (case_id, officer_id, role, sign_time, signature)
  VALUES ($1::uuid, $2, $3, $4::timestamptz, $5::bytea))sql";

constexpr char kInsertMessage[] = R"sql(
  INSERT INTO notifier.case_messages (case_id, language, position, line_messages_json)
  VALUES ($1::uuid, $2, $3, $4::bytea))sql";

constexpr char kSelectCase[] = R"sql(
  SELECT * FROM notifier.case_summaries WHERE case_id = $1::uuid)sql";

constexpr char kSelectStatement[] = R"sql(
  SELECT statement FROM notifier.cases WHERE case_id = $1::uuid)sql";

constexpr char kSelectSignatures[] = R"sql(
  SELECT officer_id, role, sign_time, signature FROM notifier.case_signatures
  WHERE case_id = $1::uuid ORDER BY seq)sql";

constexpr char kSelectMessages[] = R"sql(
  SELECT language, line_messages_json FROM notifier.case_messages
  WHERE case_id = $1::uuid ORDER BY position)sql";

constexpr char kList[] = R"sql(
  SELECT * FROM notifier.case_summaries
  WHERE ($1::text IS NULL OR state = $1)
    AND (drill OR NOT $5::boolean)
    AND ($2::timestamptz IS NULL OR (submit_time, case_id) < ($2::timestamptz, $3::uuid))
  ORDER BY submit_time DESC, case_id DESC LIMIT $4)sql";

// The case under `request_id`, if there is one: OK with its id when the statement is the same.
absl::StatusOr<std::string> FindEntered(pqxx::work& tx, const NewCase& entered) {
  const auto found = tx.exec_params(kFindRequest, entered.request_id);
  if (found.empty()) return std::string();
  if (postgres::Bytes(found[0]["statement"]) != entered.file.statement) return RequestIdReused();
  return found[0]["case_id"].as<std::string>();
}

absl::Status InsertRows(pqxx::work& tx, const NewCase& entered) {
  const Case& summary = entered.file.summary;
  const auto inserted = tx.exec_params(
      kInsertCase, summary.case_id, entered.request_id, summary.case_ref, summary.notice_number,
      summary.drill, BytesParam(entered.file.statement), summary.submitted_by,
      TimeParam(summary.submit_time), TimeParam(summary.expire_time), summary.signatures_needed);
  if (inserted.affected_rows() != 1) {
    return CaseInvalid({{"notice_number", "must be one from PrepareCase that no case has"}});
  }
  for (const OfficerSignature& signature : entered.file.signatures) {
    tx.exec_params(kInsertSignature, summary.case_id, signature.officer_id,
                   SignatureRoleName(signature.role), TimeParam(signature.sign_time),
                   BytesParam(signature.signature));
  }
  int position = 0;
  for (const Message& message : entered.file.messages) {
    tx.exec_params(kInsertMessage, summary.case_id, message.language, position++,
                   BytesParam(message.line_messages_json));
  }
  return absl::OkStatus();
}

absl::StatusOr<Case> SelectCase(pqxx::transaction_base& tx, const std::string& case_id) {
  const auto rows = tx.exec_params(kSelectCase, case_id);
  if (rows.empty()) return CaseNotFound();
  return CaseOf(rows[0]);
}

}  // namespace

absl::Status PostgresCaseStore::ReserveNoticeNumber(const std::string& number, absl::Time now) {
  return postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto result = tx.exec_params(kReserve, number, TimeParam(now));
    return result.affected_rows() == 1 ? absl::OkStatus()
                                       : absl::AlreadyExistsError("notice number is taken");
  });
}

absl::StatusOr<Case> PostgresCaseStore::Insert(const NewCase& entered, const AuditEvent& event) {
  std::string case_id;
  const auto insert = [&](pqxx::work& tx) -> absl::Status {
    ASSIGN_OR_RETURN(case_id, FindEntered(tx, entered));
    if (!case_id.empty()) return absl::OkStatus();
    case_id = entered.file.summary.case_id;
    RETURN_IF_ERROR(InsertRows(tx, entered));
    return AppendEvent(log_, tx, event);
  };
  auto result = postgres::RunInTransaction(pool_, insert);
  // The same request came twice at once and the other was first: now it can be found.
  if (absl::IsAlreadyExists(result) && ReasonOf(result).empty()) {
    result = postgres::RunInTransaction(pool_, insert);
  }
  RETURN_IF_ERROR(result);
  return Get(case_id);
}

absl::StatusOr<Case> PostgresCaseStore::Get(const std::string& case_id) {
  absl::StatusOr<Case> result;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    result = SelectCase(tx, case_id);
    return result.status();
  }));
  return result;
}

absl::StatusOr<CaseFile> PostgresCaseStore::GetFile(const std::string& case_id) {
  CaseFile file;
  const auto read = [&](pqxx::work& tx) -> absl::Status {
    file = CaseFile{};
    ASSIGN_OR_RETURN(file.summary, SelectCase(tx, case_id));
    file.statement = postgres::Bytes(tx.exec_params1(kSelectStatement, case_id)[0]);
    for (const auto& row : tx.exec_params(kSelectSignatures, case_id)) {
      file.signatures.push_back(
          {row["officer_id"].as<std::string>(), ParseSignatureRole(row["role"].as<std::string>()),
           postgres::Time(row["sign_time"]), postgres::Bytes(row["signature"])});
    }
    for (const auto& row : tx.exec_params(kSelectMessages, case_id)) {
      file.messages.push_back(
          {row["language"].as<std::string>(), postgres::Bytes(row["line_messages_json"])});
    }
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(
      postgres::RunInTransaction(pool_, read, {.isolation = postgres::Isolation::kRepeatableRead}));
  return file;
}

absl::StatusOr<std::vector<Case>> PostgresCaseStore::List(const CaseQuery& query) {
  std::optional<std::string> state;
  if (query.state.has_value()) state = std::string(NameOf(*query.state));
  std::optional<std::string> before_id;
  if (query.before_time.has_value()) before_id = query.before_id;
  std::vector<Case> cases;
  RETURN_IF_ERROR(postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    cases.clear();
    for (const auto& row :
         tx.exec_params(kList, state, postgres::NullableTimeParam(query.before_time), before_id,
                        query.limit, query.drills_only)) {
      cases.push_back(CaseOf(row));
    }
    return absl::OkStatus();
  }));
  return cases;
}

}  // namespace oshirase::notifier
