// `certificate withdraw` and `certificates reissue`.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "tools/authority/commands.h"
#include "tools/authority/desk_json.h"
#include "tools/authority/desk_text.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"
#include "tools/authority/progress.h"
#include "tools/authority/register_desk.h"
#include "tools/authority/reissue.h"
#include "tools/authority/typed.h"

namespace oshirase::authority {
namespace {

absl::StatusOr<ReissueRun> ReadRun(const Options& options) {
  ReissueRun run{.run_id = options.reissue.run_id, .reason = {}, .mail = options.reissue.mail};
  ASSIGN_OR_RETURN(run.reason, TypedReason(options.reason));
  if (run.run_id.empty()) run.run_id = ids::NewUuid();
  RETURN_IF_ERROR(TypedUuid("--run のID", run.run_id).status());
  return run;
}

// In single quotes, as a shell reads it.
std::string Quoted(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

std::string CommandToGoOn(const ReissueRun& run) {
  return absl::StrCat("続けるには: oshirase-authority certificates reissue --run ", run.run_id,
                      " --reason ", Quoted(run.reason), run.mail ? " --mail" : "");
}

}  // namespace

absl::Status WithdrawByNumber(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto number, TypedNumber("取組書の番号", options.id));
  ASSIGN_OR_RETURN(const auto reason, TypedReason(options.reason));
  RETURN_IF_ERROR(Confirm(options, "取り消しますか（番号のページに「取り消し」と出ます）"));
  ASSIGN_OR_RETURN(const auto certificate, WithdrawCertificate(session, number, reason));
  Print(options, Dump(ToJson(certificate)),
        absl::StrCat("取り消しました: ", NumberText(certificate.certificate_number())));
  return absl::OkStatus();
}

absl::Status ReissueCertificates(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto run, ReadRun(options));
  RETURN_IF_ERROR(Confirm(options, run.mail ? "すべての施設の取組書を再発行し、メールで送りますか"
                                            : "すべての施設の取組書を再発行しますか"));
  // First, so that even after a power cut it is known.
  Tell(absl::StrCat("再発行のID: ", run.run_id));
  Interruption interruption;
  ProgressLine line("件", OnTerminal(), Tell);
  const auto done =
      Reissue(session, run, interruption,
              {.progressed = [&](const ReissueProgress& now) { line.Show(now.done, now.total); },
               .disconnected =
                   [&] {
                     line.End();
                     Tell("サーバーにつながりません。つながるのを待っています。");
                   }});
  line.End();
  // Whatever else is wrong would be wrong again.
  if (absl::IsCancelled(done.status()) || absl::IsUnavailable(done.status()) ||
      absl::IsAborted(done.status())) {
    Tell(CommandToGoOn(run));
  }
  if (!done.ok()) return done.status();
  Print(options, Dump({{"run_id", run.run_id}, {"done", done->done}, {"total", done->total}}),
        absl::StrCat(done->done, " 件を再発行しました。"));
  return absl::OkStatus();
}

}  // namespace oshirase::authority
