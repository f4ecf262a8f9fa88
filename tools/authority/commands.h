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
// Ends a suspension, or opens a closed venue.
absl::Status ReopenVenue(Session& session, const Options& options);

absl::Status FindInRegister(Session& session, const Options& options);
absl::Status ShowEntry(Session& session, const Options& options);
absl::Status ShowCounts(Session& session, const Options& options);
absl::Status ExportToCsv(Session& session, const Options& options);

absl::Status CorrectInRegister(Session& session, const Options& options);
absl::Status AddToRegister(Session& session, const Options& options);
absl::Status InspectVenue(Session& session, const Options& options);
absl::Status SaveDocument(Session& session, const Options& options);
absl::Status MailVenue(Session& session, const Options& options);

absl::Status WithdrawByNumber(Session& session, const Options& options);
// Goes on through restarts of the registry. After an interruption it says how to take it up again.
absl::Status ReissueCertificates(Session& session, const Options& options);

absl::Status ShowLetters(Session& session, const Options& options);
absl::Status AnswerLetter(Session& session, const Options& options);

absl::Status MakeApiKey(Session& session, const Options& options);
absl::Status ShowApiKeys(Session& session, const Options& options);
absl::Status EndApiKey(Session& session, const Options& options);

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

// Serves the console until Ctrl-C.
absl::Status RunConsole(Session& session, const Options& options);

}  // namespace oshirase::authority
