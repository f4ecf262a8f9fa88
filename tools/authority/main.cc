// The officer's program: one command, one answer. Exit codes: 0 done, 1 failed, 2 wrong use,
// 3 refused by a server.
#include "common/status/errors.h"
#include "tools/authority/cli/cli.h"
#include "tools/authority/people.h"
#include "tools/authority/reasons.h"

namespace oshirase::authority {
namespace {

enum ExitCode { kDone = 0, kFailed = 1, kWrongUse = 2, kRefused = 3 };

ExitCode ExitCodeOf(const absl::Status& status) {
  if (status.ok()) return kDone;
  const auto reason = ReasonOf(status);
  if (reason == "WRONG_USE") return kWrongUse;
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      return kRefused;
    // With a reason it is the server's word: somebody else was faster, or too much was asked for.
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kResourceExhausted:
      return reason.empty() ? kFailed : kRefused;
    default:
      return kFailed;
  }
}

int Run(int argc, char** argv) {
  const auto line = ParseCommandLine(argc, argv);
  if (line.command == nullptr) return line.exit_code;
  const auto session = Session::Open(line.options.connection);
  const auto status =
      session.ok() ? line.command(**session, line.options) : absl::Status(session.status());
  if (!status.ok()) Tell(Explain(status));
  return ExitCodeOf(status);
}

}  // namespace
}  // namespace oshirase::authority

int main(int argc, char** argv) { return oshirase::authority::Run(argc, argv); }
