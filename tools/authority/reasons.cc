#include "tools/authority/reasons.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"

namespace oshirase::authority {
namespace {

// Reasons of the registry and the notifier that an officer can meet.
constexpr std::array<std::pair<const char*, const char*>, 28> kSentences = {{
    {"CALLER_NOT_ALLOWED", "この操作をする役割がありません。"},
    {"NO_IDENTITY", "証明書が確認できませんでした。"},
    {"OFFICERS_UNKNOWN", "職員の名簿を確認できません。少し待ってやり直してください。"},
    {"OWN_CASE", "自分が入力した症例は承認できません。ほかの職員に頼んでください。"},
    {"OFFICERS_NOT_DISTINCT", "同じ職員が二度署名することはできません。"},
    {"SIGNATURE_INVALID", "署名が正しくありません。"},
    {"THIRD_SIGNATURE_NEEDED", "範囲が広いため、三人目の署名が必要です。"},
    {"APPROVAL_TOO_OLD", "承認から時間がたちすぎました。もう一度承認してください。"},
    {"STATEMENT_EXPIRED", "この症例は期限が切れました。入力し直してください。"},
    {"CASE_EXPIRED", "この症例は期限が切れました。入力し直してください。"},
    {"STATEMENT_VOID", "この症例は却下または取り消しされています。"},
    {"STATEMENT_CLOSED", "この症例を開ける期間は終わりました。"},
    {"DRILL_MISMATCH", "訓練は訓練用の施設だけに、本番はそれ以外の施設だけに行えます。"},
    {"DRILLS_ONLY", "訓練の役割では、訓練だけを行えます。"},
    {"MESSAGES_NOT_RENDERED", "文面がサーバーの作ったものと違います。もう一度入力してください。"},
    {"CASE_INVALID", "入力に誤りがあります。"},
    {"CASE_NOT_FOUND", "その症例はありません。"},
    {"CASE_NOT_SUBMITTED", "この症例は承認待ちではありません。"},
    {"CASE_FINISHED", "この症例は終わっています。"},
    {"NOTHING_TO_SETTLE", "届いたか分からない分はありません。"},
    {"NAME_WITHOUT_CONSENT", "施設名を知らせることに同意していない施設があります。"},
    {"TEMPLATE_NOT_FOUND", "その種類の文面はありません。"},
    {"MESSAGE_REFUSED", "LINEがこの文面を受け付けません。"},
    {"VENUE_CODE_UNKNOWN", "その施設コードの施設はありません。"},
    {"VENUE_CODE_MISTYPED", "施設コードが正しくありません。"},
    {"DAY_KEY_DESTROYED", "保存期間を過ぎた日は開けません。"},
    {"DAY_KEY_LOST", "その日の鍵が失われたため、開けません。"},
    {"DAY_NEVER_OPEN", "このシステムが動く前の日は開けません。"},
}};

const char* Sentence(const std::string& reason) {
  for (const auto& [known, sentence] : kSentences) {
    if (reason == known) return sentence;
  }
  return nullptr;
}

}  // namespace

std::string Explain(const absl::Status& status) {
  const auto reason = ReasonOf(status);
  const auto message = std::string(status.message());
  if (reason == "WRONG_USE" || absl::IsCancelled(status) || absl::IsAborted(status)) return message;
  if (absl::IsUnavailable(status) && reason.empty()) {
    return absl::StrCat("サーバーにつながりません。 [", message, "]");
  }
  const auto* sentence = Sentence(reason);
  return absl::StrCat(sentence == nullptr ? "できませんでした。" : sentence, " [",
                      reason.empty() ? absl::StatusCodeToString(status.code()) : reason, ": ",
                      message, "]");
}

}  // namespace oshirase::authority
