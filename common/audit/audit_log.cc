#include "common/audit/audit_log.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "common/audit/errors.h"
#include "common/crypto/big_endian.h"
#include "common/postgres/fields.h"
#include "common/postgres/transaction.h"
#include "common/status/macros.h"

namespace oshirase::audit {
namespace {

// In all of them: SCHEMA as configured.

constexpr char kLockTail[] = "SELECT seq, hash FROM SCHEMA.audit_tail FOR UPDATE";

constexpr char kReadTail[] = "SELECT seq, hash FROM SCHEMA.audit_tail";

constexpr char kInsertEntry[] = R"(
  INSERT INTO SCHEMA.audit_entries
    (seq, entry_time, actor, action, subject, detail, previous_hash, hash)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))";

constexpr char kMoveTail[] = "UPDATE SCHEMA.audit_tail SET seq = $1, hash = $2";

constexpr char kInsertHead[] = R"(
  INSERT INTO SCHEMA.audit_heads (signed_at, seq, hash, verify_key, signature)
  VALUES ($1, $2, $3, $4, $5) ON CONFLICT (signed_at) DO NOTHING)";

constexpr char kListEntries[] = R"(
  SELECT seq, entry_time, actor, action, subject, detail, previous_hash, hash
  FROM SCHEMA.audit_entries WHERE seq > $1 ORDER BY seq LIMIT $2)";

constexpr char kListHeads[] = R"(
  SELECT signed_at, seq, hash, verify_key, signature FROM SCHEMA.audit_heads ORDER BY seq)";

constexpr size_t kMaxActor = 100;
constexpr size_t kMaxAction = 60;
constexpr size_t kMaxSubject = 200;
constexpr size_t kMaxDetail = 16384;
constexpr size_t kLineUserIdDigits = 32;
constexpr int kVerifyPage = 500;

using Bytes32 = std::array<uint8_t, 32>;

Bytes32 ToBytes32(const pqxx::field& field) {
  const std::string bytes = postgres::Bytes(field);
  Bytes32 result{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), result.size()), result.begin());
  return result;
}

pqxx::binarystring Param(const Bytes32& bytes) {
  return postgres::BytesParam(std::string(crypto::AsText(bytes)));
}

ChainEntry ToEntry(const pqxx::row& row) {
  return {.seq = row[0].as<int64_t>(),
          .time = postgres::Time(row[1]),
          .actor = row[2].as<std::string>(),
          .action = row[3].as<std::string>(),
          .subject = row[4].as<std::string>(),
          .detail_json = row[5].as<std::string>(),
          .previous_hash = ToBytes32(row[6]),
          .hash = ToBytes32(row[7])};
}

SignedHead ToHead(const pqxx::row& row) {
  return {.seq = row[1].as<int64_t>(),
          .hash = ToBytes32(row[2]),
          .signed_at = postgres::Time(row[0]),
          .verify_key = ToBytes32(row[3]),
          .signature = postgres::Bytes(row[4])};
}

absl::Time WholeMicroseconds(absl::Time time) {
  return absl::FromUnixMicros(absl::ToUnixMicros(time));
}

bool IsActionCharacter(char c) {
  return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '.' || c == '-' || c == '_';
}

// Whether `text` holds "U" and 32 lower-case hex digits anywhere.
bool HoldsLineUserId(std::string_view text) {
  const auto is_digit = [](char c) { return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f'); };
  for (size_t at = text.find('U'); at != std::string_view::npos; at = text.find('U', at + 1)) {
    const std::string_view digits = text.substr(at + 1, kLineUserIdDigits);
    if (digits.size() == kLineUserIdDigits && std::all_of(digits.begin(), digits.end(), is_digit)) {
      return true;
    }
  }
  return false;
}

// The text of `detail`, or "" when it is not UTF-8 throughout.
std::string ToText(const nlohmann::json& detail) {
  try {
    return detail.dump();
  } catch (const nlohmann::json::type_error&) {
    return "";
  }
}

absl::Status Check(const Entry& entry, const std::string& detail) {
  if (entry.actor.empty() || entry.actor.size() > kMaxActor) {
    return InvalidAuditEntry("actor must be 1 to 100 bytes");
  }
  if (entry.action.empty() || entry.action.size() > kMaxAction ||
      !std::all_of(entry.action.begin(), entry.action.end(), IsActionCharacter)) {
    return InvalidAuditEntry("action must be 1 to 60 characters of a-z, 0-9, dot, - and _");
  }
  if (entry.subject.size() > kMaxSubject) {
    return InvalidAuditEntry("subject must be at most 200 bytes");
  }
  if (!entry.detail.is_object() || detail.empty() || detail.size() > kMaxDetail) {
    return InvalidAuditEntry("detail must be a JSON object of at most 16 KiB in UTF-8");
  }
  for (const std::string& name : {entry.actor, entry.subject}) {
    if (name.find('\0') != std::string::npos || ToText(name).empty()) {
      return InvalidAuditEntry("actor and subject must be UTF-8 without NUL");
    }
  }
  for (const std::string& text : {entry.actor, entry.subject, detail}) {
    if (HoldsLineUserId(text)) return InvalidAuditEntry("an audit entry must not name a visitor");
  }
  return absl::OkStatus();
}

}  // namespace

AuditLog::AuditLog(std::string schema, Clock clock)
    : schema_(std::move(schema)), clock_(std::move(clock)) {}

std::string AuditLog::Sql(const char* statement) const {
  return absl::StrReplaceAll(statement, {{"SCHEMA", schema_}});
}

absl::Status AuditLog::Append(pqxx::work& tx, const Entry& entry) const {
  const std::string detail = ToText(entry.detail);
  RETURN_IF_ERROR(Check(entry, detail));
  const auto tail = tx.exec1(Sql(kLockTail));
  ChainEntry link{.seq = tail[0].as<int64_t>() + 1,
                  .time = WholeMicroseconds(clock_()),
                  .actor = entry.actor,
                  .action = entry.action,
                  .subject = entry.subject,
                  .detail_json = detail,
                  .previous_hash = ToBytes32(tail[1]),
                  .hash = {}};
  link.hash = HashOf(schema_, link);
  tx.exec_params0(Sql(kInsertEntry), link.seq, postgres::TimeParam(link.time), link.actor,
                  link.action, link.subject, link.detail_json, Param(link.previous_hash),
                  Param(link.hash));
  tx.exec_params0(Sql(kMoveTail), link.seq, Param(link.hash));
  return absl::OkStatus();
}

absl::StatusOr<SignedHead> AuditLog::SignHead(postgres::Pool& pool,
                                              const crypto::SigningKey& key) const {
  SignedHead head;
  const auto sign = [&](pqxx::work& tx) {
    const auto tail = tx.exec1(Sql(kReadTail));
    head = {.seq = tail[0].as<int64_t>(),
            .hash = ToBytes32(tail[1]),
            .signed_at = WholeMicroseconds(clock_()),
            .verify_key = key.verify_key(),
            .signature = ""};
    head.signature = key.Sign(HeadMessage(schema_, head));
    tx.exec_params0(Sql(kInsertHead), postgres::TimeParam(head.signed_at), head.seq,
                    Param(head.hash), Param(head.verify_key), postgres::BytesParam(head.signature));
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(postgres::RunInTransaction(pool, sign));
  return head;
}

absl::StatusOr<Page> AuditLog::List(postgres::Pool& pool, int64_t after, int limit) const {
  Page page;
  const auto list = [&](pqxx::work& tx) {
    page = {};
    for (const auto& row : tx.exec_params(Sql(kListEntries), after, limit + 1)) {
      page.entries.push_back(ToEntry(row));
    }
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(postgres::RunInTransaction(pool, list));
  if (page.entries.size() > static_cast<size_t>(limit)) {
    page.entries.pop_back();
    page.next_after = page.entries.back().seq;
  }
  return page;
}

absl::Status AuditLog::Verify(postgres::Pool& pool, const crypto::VerifyKey& key) const {
  // One snapshot, so that entries appended meanwhile do not look like a tail that is wrong.
  return postgres::RunInTransaction(pool, [&](pqxx::work& tx) { return VerifyIn(tx, key); },
                                    {.isolation = postgres::Isolation::kRepeatableRead});
}

absl::Status AuditLog::VerifyIn(pqxx::work& tx, const crypto::VerifyKey& key) const {
  ChainChecker checker(schema_);
  const auto heads = tx.exec(Sql(kListHeads));
  size_t next_head = 0;
  const auto check_heads_here = [&]() -> absl::Status {
    for (; next_head < heads.size(); ++next_head) {
      const SignedHead head = ToHead(heads[static_cast<int>(next_head)]);
      if (head.seq > checker.seq()) break;
      if (head.verify_key != key) return AuditHeadForged(head.seq);
      RETURN_IF_ERROR(checker.CheckHead(head));
    }
    return absl::OkStatus();
  };

  RETURN_IF_ERROR(check_heads_here());  // those of the empty chain
  while (true) {
    const auto rows = tx.exec_params(Sql(kListEntries), checker.seq(), kVerifyPage);
    if (rows.empty()) break;
    for (const auto& row : rows) {
      RETURN_IF_ERROR(checker.Next(ToEntry(row)));
      RETURN_IF_ERROR(check_heads_here());
    }
  }
  const auto tail = tx.exec1(Sql(kReadTail));
  if (tail[0].as<int64_t>() != checker.seq() || ToBytes32(tail[1]) != checker.hash()) {
    return AuditChainBroken(checker.seq() + 1);
  }
  // A head beyond the end was signed over entries that are gone.
  return next_head == heads.size() ? absl::OkStatus() : AuditChainBroken(checker.seq() + 1);
}

}  // namespace oshirase::audit
