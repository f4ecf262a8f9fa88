#include "services/notifier/store/case_rows.h"

#include "absl/strings/str_split.h"
#include "common/postgres/fields.h"

namespace oshirase::notifier {

Case CaseOf(const pqxx::row& row) {
  Case result;
  result.case_id = row["case_id"].as<std::string>();
  result.case_ref = row["case_ref"].as<std::string>();
  result.notice_number = row["notice_number"].as<std::string>();
  const auto state = ParseCaseState(row["state"].as<std::string>());
  if (!state.has_value()) throw pqxx::conversion_error("unknown state of a case");
  result.state = *state;
  result.pause_reason = row["pause_reason"].as<std::string>();
  result.drill = row["drill"].as<bool>();
  result.submitted_by = row["submitted_by"].as<std::string>();
  result.approved_by = absl::StrSplit(row["approved_by"].as<std::string>(), ',', absl::SkipEmpty());
  result.signatures_needed = row["signatures_needed"].as<int>();
  result.submit_time = postgres::Time(row["submit_time"]);
  result.expire_time = postgres::Time(row["expire_time"]);
  result.approve_time = postgres::NullableTime(row["approve_time"]);
  result.sending_start_time = postgres::NullableTime(row["start_time"]);
  result.sending_finish_time = postgres::NullableTime(row["sending_finish_time"]);
  result.last_accept_time = postgres::NullableTime(row["last_accept_time"]);
  result.release_end_time = postgres::NullableTime(row["release_end_time"]);
  result.rows_seen = row["rows_seen"].as<int64_t>();
  result.counts = {.accepted = row["accepted"].as<int64_t>(),
                   .failed = row["failed"].as<int64_t>(),
                   .unknown = row["unknown"].as<int64_t>(),
                   .unsent = row["unsent"].as<int64_t>(),
                   .suppressed = row["suppressed"].as<int64_t>(),
                   .unreadable = row["unreadable"].as<int64_t>(),
                   .pending = row["pending"].as<int64_t>()};
  return result;
}

std::string SignatureRoleName(crypto::SignatureRole role) {
  switch (role) {
    case crypto::SignatureRole::kSubmit:
      return "submit";
    case crypto::SignatureRole::kApprove:
      return "approve";
    case crypto::SignatureRole::kReject:
      return "reject";
  }
  return "";
}

crypto::SignatureRole ParseSignatureRole(const std::string& name) {
  if (name == "submit") return crypto::SignatureRole::kSubmit;
  if (name == "approve") return crypto::SignatureRole::kApprove;
  if (name == "reject") return crypto::SignatureRole::kReject;
  throw pqxx::conversion_error("unknown role of a signature");
}

}  // namespace oshirase::notifier
