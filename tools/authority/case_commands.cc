#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "common/status/macros.h"
#include "tools/authority/commands.h"
#include "tools/authority/message_text.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"
#include "tools/authority/terminal_text.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;
namespace nv1 = notifier::v1;

void PrintCase(const Options& options, const nv1::Case& c) {
  Print(options, Dump(ToJson(c)), Describe(c));
}

absl::StatusOr<nv1::GetCaseResponse> GetCase(Session& session, const std::string& id) {
  nv1::GetCaseRequest request;
  request.set_case_id(id);
  return session.Call(session.notifier(), &nv1::NotifierService::Stub::GetCase, request);
}

// The names the registry gives, not the notifier: whoever approves sees what the holder of the
// outer keys would open.
absl::StatusOr<std::map<std::string, rv1::Venue>> VenuesOf(Session& session,
                                                           const rv1::Statement& statement) {
  rv1::BatchGetVenuesRequest request;
  for (const auto& exposure : statement.exposures()) request.add_venue_ids(exposure.venue_id());
  ASSIGN_OR_RETURN(
      const auto response,
      session.Call(session.registry(), &rv1::RegistryService::Stub::BatchGetVenues, request));
  std::map<std::string, rv1::Venue> venues;
  for (const auto& venue : response.venues()) venues[venue.venue_id()] = venue;
  return venues;
}

// Whether the messages are those whose digests are signed.
bool MessagesMatch(const rv1::Statement& statement, const nv1::GetCaseResponse& c) {
  if (statement.message_digests_size() != c.messages_size() || c.messages().empty()) return false;
  for (int i = 0; i < c.messages_size(); ++i) {
    const auto digest = crypto::Sha256(c.messages(i).line_messages_json());
    const auto& signed_digest = statement.message_digests(i);
    if (signed_digest.language() != c.messages(i).language() ||
        signed_digest.sha256() != std::string(digest.begin(), digest.end())) {
      return false;
    }
  }
  return true;
}

// Shows what a signature over `c` would mean, in full, out of the signed bytes.
absl::Status ShowWhatIsSigned(Session& session, const nv1::GetCaseResponse& c) {
  rv1::Statement statement;
  if (!statement.ParseFromString(c.statement()) || !MessagesMatch(statement, c)) {
    return ReasonedError(absl::StatusCode::kDataLoss, "STATEMENT_MISMATCH",
                         "署名される内容と文面が一致しません。承認しないでください");
  }
  ASSIGN_OR_RETURN(const auto venues, VenuesOf(session, statement));
  Tell(absl::StrCat("照会番号 ", statement.case_ref(), "  お知らせ番号 ", statement.notice_number(),
                    statement.drill() ? "  ［訓練］" : "",
                    statement.corrects_case_id().empty() ? "" : "  ［訂正］"));
  for (const auto& exposure : statement.exposures()) {
    const auto venue = venues.find(exposure.venue_id());
    Tell(absl::StrCat(
        "  ",
        venue == venues.end()
            ? "（登録されていない施設）"
            : venue->second.details().name() + "  " + venue->second.details().address(),
        "\n    ", TimeText(exposure.from_time()), " から ", TimeText(exposure.to_time()), "  滞在 ",
        exposure.stay_seconds() / 60, " 分  余裕 ", exposure.linger_seconds() / 60, " 分"));
  }
  for (const auto& message : c.messages()) Tell(MessageText(message));
  return absl::OkStatus();
}

// Calls a method that takes a case id alone and prints the case it returns.
template <typename Request, typename Response>
absl::Status Change(Session& session, const Options& options,
                    grpc::Status (nv1::NotifierService::Stub::*method)(grpc::ClientContext*,
                                                                       const Request&, Response*)) {
  Request request;
  request.set_case_id(options.id);
  ASSIGN_OR_RETURN(const auto response, session.Call(session.notifier(), method, request));
  PrintCase(options, response.case_());
  return absl::OkStatus();
}

}  // namespace

absl::Status PreviewCase(Session& session, const Options& options) {
  nv1::PreviewCaseRequest request;
  request.set_case_id(options.id);
  ASSIGN_OR_RETURN(
      const auto preview,
      session.Call(session.notifier(), &nv1::NotifierService::Stub::PreviewCase, request));
  std::vector<std::vector<std::string>> rows;
  for (const auto& exposure : preview.exposures()) {
    rows.push_back(
        {exposure.venue_id(), absl::StrCat("最大 ", BucketText(exposure.visits()), " 件")});
    for (const auto& hour : exposure.hours()) {
      rows.push_back({"  " + TimeText(hour.start_time()), BucketText(hour.visits())});
    }
  }
  rows.push_back({"合計", absl::StrCat("最大 ", BucketText(preview.visits()), " 件の来店")});
  rows.push_back({"必要な署名", absl::StrCat(preview.signatures_needed())});
  Print(options, Dump(ToJson(preview)), Table(rows));
  return absl::OkStatus();
}

absl::Status ShowCase(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto c, GetCase(session, options.id));
  if (!options.json) RETURN_IF_ERROR(ShowWhatIsSigned(session, c));
  PrintCase(options, c.case_());
  return absl::OkStatus();
}

absl::Status ListCases(Session& session, const Options& options) {
  nv1::ListCasesRequest request;
  request.set_state(StateOfName(options.state));
  request.set_page_size(100);
  auto list = nlohmann::json::array();
  std::vector<std::vector<std::string>> rows = {
      {"症例", "照会番号", "状態", "入力", "対象者", "受付済み"}};
  do {
    ASSIGN_OR_RETURN(
        const auto page,
        session.Call(session.notifier(), &nv1::NotifierService::Stub::ListCases, request));
    for (const auto& c : page.cases()) {
      list.push_back(ToJson(c));
      rows.push_back(
          {c.case_id(), c.case_ref(), StateName(c.state()) + (c.drill() ? "（訓練）" : ""),
           TimeText(c.submit_time()), BucketText(c.recipients()), absl::StrCat(c.accepted())});
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  Print(options, Dump(list), Table(rows));
  return absl::OkStatus();
}

absl::Status ApproveCase(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto c, GetCase(session, options.id));
  RETURN_IF_ERROR(ShowWhatIsSigned(session, c));
  RETURN_IF_ERROR(Confirm(options, "この内容で承認し、送信を始めますか"));
  nv1::ApproveCaseRequest request;
  request.set_case_id(options.id);
  *request.mutable_signature() = session.Sign(rv1::SIGNATURE_ROLE_APPROVE, c.statement());
  ASSIGN_OR_RETURN(
      const auto approved,
      session.Call(session.notifier(), &nv1::NotifierService::Stub::ApproveCase, request));
  PrintCase(options, approved.case_());
  return absl::OkStatus();
}

absl::Status RejectCase(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto c, GetCase(session, options.id));
  nv1::RejectCaseRequest request;
  request.set_case_id(options.id);
  request.set_reason(options.reason);
  *request.mutable_signature() = session.Sign(rv1::SIGNATURE_ROLE_REJECT, c.statement());
  ASSIGN_OR_RETURN(
      const auto rejected,
      session.Call(session.notifier(), &nv1::NotifierService::Stub::RejectCase, request));
  PrintCase(options, rejected.case_());
  return absl::OkStatus();
}

absl::Status CancelCase(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto c, GetCase(session, options.id));
  RETURN_IF_ERROR(Confirm(options, "まだ送っていない分を取り消しますか"));
  nv1::CancelCaseRequest request;
  request.set_case_id(options.id);
  *request.mutable_signature() = session.Sign(rv1::SIGNATURE_ROLE_REJECT, c.statement());
  ASSIGN_OR_RETURN(
      const auto cancelled,
      session.Call(session.notifier(), &nv1::NotifierService::Stub::CancelCase, request));
  PrintCase(options, cancelled.case_());
  return absl::OkStatus();
}

absl::Status PauseCase(Session& session, const Options& options) {
  return Change(session, options, &nv1::NotifierService::Stub::PauseCase);
}

absl::Status ResumeCase(Session& session, const Options& options) {
  return Change(session, options, &nv1::NotifierService::Stub::ResumeCase);
}

absl::Status SettleCase(Session& session, const Options& options) {
  RETURN_IF_ERROR(Confirm(
      options, options.resend
                   ? "届いたか分からない分を送り直しますか（二度届く人がいるかもしれません）"
                   : "届いたか分からない分をあきらめますか（届かない人がいるかもしれません）"));
  nv1::SettleCaseRequest request;
  request.set_case_id(options.id);
  request.set_settlement(options.resend ? nv1::SETTLEMENT_RESEND : nv1::SETTLEMENT_GIVE_UP);
  ASSIGN_OR_RETURN(
      const auto settled,
      session.Call(session.notifier(), &nv1::NotifierService::Stub::SettleCase, request));
  PrintCase(options, settled.case_());
  return absl::OkStatus();
}

}  // namespace oshirase::authority
