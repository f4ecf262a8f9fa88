#include "tools/authority/reasons.h"

#include <array>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "tools/authority/entry_details.h"

namespace oshirase::authority {
namespace {

// Reasons of the registry and the notifier that an officer can meet.
constexpr std::array<std::pair<const char*, const char*>, 47> kSentences = {{
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
    {"REQUEST_INVALID", "入力に誤りがあります。"},
    {"VENUE_INVALID", "登録の内容に誤りがあります。"},
    {"VENUE_NOT_FOUND", "その施設は登録されていません。"},
    {"VENUE_CHANGED",
     "ほかの人が先に変えました。register show でもう一度見て、やり直してください。"},
    {"VENUE_SUSPENDED", "この施設は停止されています。"},
    {"PARENT_UNFIT", "その施設の一部として登録することはできません。"},
    {"NO_CERTIFICATE", "まだ取組書がありません。"},
    {"CERTIFICATE_WITHDRAWN", "取組書は取り消されています。"},
    {"CERTIFICATE_NOT_FOUND", "その番号の取組書はありません。"},
    {"CERTIFICATE_NUMBER_MISTYPED", "取組書の番号が正しくありません。"},
    {"LETTER_NOT_FOUND", "その番号の問い合わせや通報はありません。"},
    {"LETTER_CLOSED", "すでに別の内容で回答されています。"},
    {"ANSWER_INVALID", "回答に誤りがあります。"},
    {"API_KEY_INVALID", "鍵の入力に誤りがあります。"},
    {"API_KEY_UNKNOWN", "その鍵はありません。"},
    {"TOO_MANY_MAILS", "同じあて先へのメールが多すぎます。しばらく待ってください。"},
    {"REISSUE_RUNNING", "再発行が続いています。終わるまで待ってください。"},
    {"REQUEST_ID_REUSED", "同じIDが別の内容で使われています。"},
    {"SEARCH_TEXT_EMPTY", "探す言葉に文字や数字がありません。"},
}};

// What the registry says of a field that the forms and the command line let through.
constexpr std::array<std::pair<const char*, const char*>, 12> kDescriptions = {{
    {"is required", "入力してください"},
    {"must not hold control characters", "使えない文字（制御文字など）があります"},
    {"must be a measure of the catalogue for this kind", "この業種の取組ではありません"},
    {"must not be named twice", "同じものが二つあります"},
    {"must be after the start", "開始より後にしてください"},
    {"must be at most 31 days after the start", "開始から31日までにしてください"},
    {"must not be in the past", "過ぎた日時です"},
    {"must be seven digits, or empty", "7けたの数字にするか、空にしてください"},
    {"must be a venue's id, or empty", "施設のIDにするか、空にしてください"},
    {"must be an e-mail address", "メールアドレスの形ではありません"},
    {"must be a telephone number", "電話番号の形ではありません"},
    {"must be one of the kinds of the catalogue", "知らない業種です"},
}};

const char* Sentence(const std::string& reason) {
  for (const auto& [known, sentence] : kSentences) {
    if (reason == known) return sentence;
  }
  return nullptr;
}

// "施設名" for "details.name", "取組 2" for "details.measure_ids[1]".
std::string FieldText(const std::string& field) {
  const auto dot = field.rfind('.');
  const auto name = dot == std::string::npos ? field : field.substr(dot + 1);
  const auto bracket = name.find('[');
  int index = 0;
  if (bracket == std::string::npos ||
      !absl::SimpleAtoi(name.substr(bracket + 1, name.size() - bracket - 2), &index)) {
    return LabelOf(name);
  }
  return absl::StrCat(LabelOf(name.substr(0, bracket)), " ", index + 1);
}

}  // namespace

std::string SentenceFor(const absl::Status& status) {
  const auto reason = ReasonOf(status);
  if (reason == "WRONG_USE") return "入力に誤りがあります。";
  if (const auto* sentence = Sentence(reason)) return sentence;
  if (absl::IsUnavailable(status))
    return "サーバーにつながりません。少し待ってやり直してください。";
  return "できませんでした。";
}

std::string ViolationText(const FieldViolation& violation) {
  std::string description = violation.description;
  for (const auto& [known, ours] : kDescriptions) {
    if (description == known) description = ours;
  }
  return absl::StrCat(FieldText(violation.field), ": ", description);
}

std::string Explain(const absl::Status& status) {
  const auto reason = ReasonOf(status);
  const auto message = std::string(status.message());
  const bool ours = reason.empty() && (absl::IsCancelled(status) || absl::IsAborted(status));
  if (reason == "WRONG_USE" || ours) return message;
  if (absl::IsUnavailable(status) && reason.empty()) {
    return absl::StrCat("サーバーにつながりません。 [", message, "]");
  }
  if (absl::IsResourceExhausted(status) && reason.empty()) {
    return absl::StrCat("混み合っています。少し待ってやり直してください。 [", message, "]");
  }
  const auto* sentence = Sentence(reason);
  auto text = absl::StrCat(sentence == nullptr ? "できませんでした。" : sentence, " [",
                           reason.empty() ? absl::StatusCodeToString(status.code()) : reason, ": ",
                           message, "]");
  for (const auto& violation : FieldViolationsOf(status)) {
    absl::StrAppend(&text, "\n  ", ViolationText(violation));
  }
  return text;
}

}  // namespace oshirase::authority
