#include "common/postgres/pg_status.h"

#include <catch2/catch.hpp>
#include <new>
#include <pqxx/pqxx>

#include "absl/strings/match.h"
#include "common/status/errors.h"

namespace oshirase::postgres {
namespace {

absl::StatusCode CodeOfSqlState(const char* sqlstate) {
  return StatusOfException(pqxx::sql_error("text", "query", sqlstate)).code();
}

TEST_CASE("a connection that cannot be had is UNAVAILABLE without a reason") {
  const auto lost = StatusOfException(pqxx::broken_connection("x"));
  CHECK(absl::IsUnavailable(lost));
  CHECK(ReasonOf(lost).empty());
  CHECK(absl::IsUnavailable(StatusOfException(pqxx::too_many_connections("x"))));
}

TEST_CASE("a commit of unknown outcome is UNAVAILABLE with the reason COMMIT_IN_DOUBT") {
  for (const auto& status : {StatusOfException(pqxx::in_doubt_error("x")),
                             StatusOfException(pqxx::statement_completion_unknown("x"))}) {
    CHECK(absl::IsUnavailable(status));
    CHECK(ReasonOf(status) == "COMMIT_IN_DOUBT");
    CHECK(IsCommitInDoubt(status));
  }
  CHECK_FALSE(IsCommitInDoubt(absl::UnavailableError("x")));
}

TEST_CASE("conflicts are ABORTED") {
  CHECK(absl::IsAborted(StatusOfException(pqxx::serialization_failure("x"))));
  CHECK(absl::IsAborted(StatusOfException(pqxx::deadlock_detected("x"))));
}

TEST_CASE("outages that come as SQL errors are UNAVAILABLE") {
  const char* const sqlstate =
      GENERATE("08006", "53100", "53200", "57P01", "57P03", "58030", "25006");
  CAPTURE(sqlstate);
  CHECK(CodeOfSqlState(sqlstate) == absl::StatusCode::kUnavailable);
}

TEST_CASE("timeouts of statements and locks are DEADLINE_EXCEEDED") {
  CHECK(CodeOfSqlState("57014") == absl::StatusCode::kDeadlineExceeded);
  CHECK(CodeOfSqlState("55P03") == absl::StatusCode::kDeadlineExceeded);
}

TEST_CASE("a unique violation that no store expected is ALREADY_EXISTS") {
  CHECK(absl::IsAlreadyExists(StatusOfException(pqxx::unique_violation("text", "query", "23505"))));
}

TEST_CASE("other violations and errors are INTERNAL") {
  CHECK(absl::IsInternal(StatusOfException(pqxx::check_violation("t", "q", "23514"))));
  CHECK(absl::IsInternal(StatusOfException(pqxx::not_null_violation("t", "q", "23502"))));
  CHECK(absl::IsInternal(StatusOfException(pqxx::foreign_key_violation("t", "q", "23503"))));
  CHECK(absl::IsInternal(StatusOfException(pqxx::insufficient_privilege("t", "q", "42501"))));
  CHECK(absl::IsInternal(StatusOfException(pqxx::conversion_error("x"))));
  CHECK(absl::IsInternal(StatusOfException(pqxx::unexpected_rows("x"))));
  CHECK(absl::IsInternal(StatusOfException(pqxx::usage_error("x"))));
  CHECK(absl::IsInternal(StatusOfException(std::bad_alloc())));
}

TEST_CASE("a message holds the SQLSTATE and neither the driver's text nor the statement") {
  const auto status = StatusOfException(
      pqxx::check_violation("Failing row contains (090-1234)", "SELECT 'Mori'", "23514"));
  CHECK(absl::StrContains(status.message(), "23514"));
  CHECK_FALSE(absl::StrContains(status.ToString(), "090-1234"));
  CHECK_FALSE(absl::StrContains(status.ToString(), "Mori"));
}

TEST_CASE("only errors of the session break the connection") {
  CHECK(BreaksConnection(pqxx::broken_connection("x")));
  CHECK(BreaksConnection(pqxx::in_doubt_error("x")));
  CHECK(BreaksConnection(pqxx::sql_error("t", "q", "57P01")));
  CHECK_FALSE(BreaksConnection(pqxx::sql_error("t", "q", "57014")));
  CHECK_FALSE(BreaksConnection(pqxx::unique_violation("t", "q", "23505")));
  CHECK_FALSE(BreaksConnection(pqxx::serialization_failure("x")));
}

}  // namespace
}  // namespace oshirase::postgres
