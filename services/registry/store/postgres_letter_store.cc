#include "services/registry/store/postgres_letter_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"
#include "services/registry/store/audit_entry.h"
#include "services/registry/store/mail_requests.h"

namespace oshirase::registry {
namespace {

constexpr char kFindRequest[] = R"(
  SELECT letter_number, kind FROM registry.letters WHERE request_id = $1)";

constexpr char kInsert[] = R"(
  INSERT INTO registry.letters
    (letter_number, request_id, kind, create_time, email, name, subject, report_subject,
     certificate_number, place, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT DO NOTHING)";

constexpr char kSelect[] = R"(
  SELECT letter_number, kind, create_time, email, name, subject, report_subject,
         certificate_number, place, body, close_time, closed_by, answer
  FROM registry.letters)";

constexpr char kByNumber[] = R"( WHERE letter_number = $1)";
constexpr char kByNumberLocked[] = R"( WHERE letter_number = $1 FOR UPDATE)";

constexpr char kOpenOnes[] = R"(
  WHERE kind = $1 AND close_time IS NULL AND (create_time, letter_number) > ($2::timestamptz, $3)
  ORDER BY create_time, letter_number LIMIT $4)";

constexpr char kClosedOnes[] = R"(
  WHERE kind = $1 AND close_time IS NOT NULL
    AND (create_time, letter_number) < ($2::timestamptz, $3)
  ORDER BY create_time DESC, letter_number DESC LIMIT $4)";

constexpr char kClose[] = R"(
  UPDATE registry.letters SET close_time = $2, closed_by = $3, answer = $4
  WHERE letter_number = $1)";

DeskLetter LetterOf(const pqxx::row& row) {
  const auto kind = LetterKindOf(row["kind"].as<std::string>());
  if (!kind.has_value()) throw pqxx::conversion_error("unknown kind of letter");
  return {.number = row["letter_number"].as<std::string>(),
          .kind = *kind,
          .create_time = postgres::Time(row["create_time"]),
          .email = row["email"].as<std::string>(),
          .name = row["name"].as<std::string>(),
          .subject = row["subject"].as<std::string>(),
          .report_subject = ReportSubjectOf(row["report_subject"].as<std::string>()),
          .certificate_number = row["certificate_number"].as<std::string>(),
          .place = row["place"].as<std::string>(),
          .text = row["body"].as<std::string>(),
          .close_time = postgres::NullableTime(row["close_time"]),
          .closed_by = row["closed_by"].as<std::string>(""),
          .answer = row["answer"].as<std::string>("")};
}

// The number of the letter that an earlier call with this request id kept, or nothing.
absl::StatusOr<std::optional<std::string>> FindRequest(pqxx::work& tx, const NewDeskLetter& kept) {
  const auto rows = tx.exec_params(kFindRequest, kept.request_id);
  if (rows.empty()) return std::nullopt;
  if (rows[0]["kind"].as<std::string>() != NameOf(kept.letter.kind)) return RequestIdReused();
  return rows[0]["letter_number"].as<std::string>();
}

// Returns whether it was stored.
bool Insert(pqxx::work& tx, const NewDeskLetter& kept) {
  const DeskLetter& letter = kept.letter;
  const std::string report_subject =
      letter.report_subject.has_value() ? NameOf(*letter.report_subject) : "";
  return tx.exec_params(kInsert, letter.number, kept.request_id, NameOf(letter.kind),
                        postgres::TimeParam(letter.create_time), letter.email, letter.name,
                        letter.subject, report_subject, letter.certificate_number, letter.place,
                        letter.text)
             .affected_rows() == 1;
}

// Adds up to `limit` letters of one half of the list after `after`.
void AddSome(pqxx::work& tx, const LetterQuery& query, bool closed,
             std::vector<DeskLetter>& letters) {
  const size_t limit = static_cast<size_t>(query.limit) + 1;  // one more tells whether there are
  if (letters.size() >= limit) return;
  LetterCursor after{.closed = closed,
                     .create_time = closed ? absl::InfiniteFuture() : absl::InfinitePast(),
                     .number = ""};
  if (query.after.has_value() && query.after->closed == closed) after = *query.after;
  const auto rows =
      tx.exec_params(absl::StrCat(kSelect, closed ? kClosedOnes : kOpenOnes), NameOf(query.kind),
                     postgres::TimeParam(after.create_time), after.number, limit - letters.size());
  for (const auto& row : rows) letters.push_back(LetterOf(row));
}

std::vector<std::string> NumbersOf(const std::vector<DeskLetter>& letters) {
  std::vector<std::string> numbers;
  for (const auto& letter : letters) numbers.push_back(letter.number);
  return numbers;
}

}  // namespace

absl::StatusOr<std::string> PostgresLetterStore::Keep(const NewDeskLetter& letter) {
  PreparedMails mails;
  if (letter.acknowledgement.has_value()) {
    ASSIGN_OR_RETURN(mails, mails_.PrepareAll({letter.acknowledgement->mail}));
  }
  std::string number = letter.letter.number;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    if (letter.acknowledgement.has_value()) LockMailbox(tx, letter.acknowledgement->mail.to);
    ASSIGN_OR_RETURN(auto earlier, FindRequest(tx, letter));
    if (!earlier.has_value()) {
      if (letter.acknowledgement.has_value()) {
        RETURN_IF_ERROR(CountMail(tx, letter.acknowledgement->mail.to, letter.letter.create_time,
                                  letter.acknowledgement->limit));
      }
      number = letter.letter.number;
      if (Insert(tx, letter)) {
        EnqueueAll(tx, mails);
        return absl::OkStatus();
      }
      // The same request came twice at once, if it is not the number.
      ASSIGN_OR_RETURN(earlier, FindRequest(tx, letter));
      if (!earlier.has_value()) return absl::AlreadyExistsError("the letter's number is taken");
    }
    number = *std::move(earlier);
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  mails_.Wake();
  return number;
}

absl::StatusOr<LetterList> PostgresLetterStore::List(const LetterQuery& query,
                                                     const AuditNote& note) {
  LetterList list;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    list = {};
    if (!query.after.has_value() || !query.after->closed) AddSome(tx, query, false, list.letters);
    if (query.include_closed) AddSome(tx, query, true, list.letters);
    list.more = list.letters.size() > static_cast<size_t>(query.limit);
    if (list.more) list.letters.pop_back();
    AuditNote shown = note;
    shown.facts.push_back({"shown", NumbersOf(list.letters)});
    return log_.Append(tx, ToEntry(shown));
  });
  if (!done.ok()) return done;
  return list;
}

absl::StatusOr<std::optional<DeskLetter>> PostgresLetterStore::Find(const std::string& number) {
  std::optional<DeskLetter> letter;
  const auto done = postgres::RunNonTransactional(pool_, [&](pqxx::nontransaction& tx) {
    const auto rows = tx.exec_params(absl::StrCat(kSelect, kByNumber), number);
    if (!rows.empty()) letter = LetterOf(rows[0]);
    return absl::OkStatus();
  });
  if (!done.ok()) return done;
  return letter;
}

absl::StatusOr<DeskLetter> PostgresLetterStore::Close(const LetterClosing& closing) {
  ASSIGN_OR_RETURN(const auto mails, mails_.PrepareAll(closing.mails));
  DeskLetter letter;
  const auto done = postgres::RunInTransaction(pool_, [&](pqxx::work& tx) -> absl::Status {
    const auto rows = tx.exec_params(absl::StrCat(kSelect, kByNumberLocked), closing.number);
    if (rows.empty()) return LetterNotFound();
    letter = LetterOf(rows[0]);
    AuditNote note = closing.note;
    if (letter.close_time.has_value()) {
      if (letter.answer != closing.answer) return LetterClosed();
      note.facts.push_back({"repeated", true});
      return log_.Append(tx, ToEntry(note));
    }
    tx.exec_params(kClose, closing.number, postgres::TimeParam(closing.now), closing.closed_by,
                   closing.answer);
    EnqueueAll(tx, mails);
    letter = LetterOf(tx.exec_params1(absl::StrCat(kSelect, kByNumber), closing.number));
    return log_.Append(tx, ToEntry(note));
  });
  if (!done.ok()) return done;
  mails_.Wake();
  return letter;
}

}  // namespace oshirase::registry
