// The commands of the officer's program. Each does one thing through a Session, prints data to
// stdout and everything else to stderr, and returns what went wrong.
#pragma once

#include "absl/status/status.h"
#include "tools/authority/options.h"
#include "tools/authority/session.h"

namespace oshirase::authority {

using Command = absl::Status (*)(Session& session, const Options& options);

absl::Status FindVenues(Session& session, const Options& options);
absl::Status SuspendVenue(Session& session, const Options& options);

absl::Status SubmitCase(Session& session, const Options& options);
absl::Status PreviewCase(Session& session, const Options& options);
absl::Status ShowCase(Session& session, const Options& options);
absl::Status ListCases(Session& session, const Options& options);
absl::Status ApproveCase(Session& session, const Options& options);
absl::Status RejectCase(Session& session, const Options& options);
absl::Status CancelCase(Session& session, const Options& options);
absl::Status PauseCase(Session& session, const Options& options);
absl::Status ResumeCase(Session& session, const Options& options);
absl::Status SettleCase(Session& session, const Options& options);
// Shows a case as it goes until it is finished. Returns ABORTED unless it ended as SENT.
absl::Status WatchCase(Session& session, const Options& options);

absl::Status ListAudit(Session& session, const Options& options);

absl::Status EnrolOfficer(Session& session, const Options& options);
absl::Status RevokeOfficer(Session& session, const Options& options);
absl::Status ListOfficers(Session& session, const Options& options);

}  // namespace oshirase::authority
