// The only table from libpqxx's exceptions to status codes.
#pragma once

#include <exception>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace oshirase::postgres {

// The write may have been committed although no confirmation came.
inline constexpr const char* kCommitInDoubt = "COMMIT_IN_DOUBT";

// UNAVAILABLE with reason COMMIT_IN_DOUBT.
absl::Status CommitInDoubt();

// Whether `status` is CommitInDoubt().
bool IsCommitInDoubt(const absl::Status& status);

// The status for an exception that came out of libpqxx:
//   broken_connection, too_many_connections, class 08, 53, 57P, read-only server  UNAVAILABLE
//   in_doubt_error, statement_completion_unknown     UNAVAILABLE, reason COMMIT_IN_DOUBT
//   serialization_failure, deadlock_detected         ABORTED
//   statement timeout or cancel (57014), lock_timeout (55P03)  DEADLINE_EXCEEDED; nothing was kept
//   unique_violation                                 ALREADY_EXISTS; a store that expects it
//                                                    catches it and answers better
//   everything else                                  INTERNAL
//
// Messages hold the SQLSTATE and never the driver's text, which quotes statements and parameters.
absl::Status StatusOfException(const std::exception& error);

// Whether the connection that threw `error` must not be used again.
bool BreaksConnection(const std::exception& error);

}  // namespace oshirase::postgres
