// `letters list` and `letters answer`.
#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "tools/authority/commands.h"
#include "tools/authority/desk_json.h"
#include "tools/authority/desk_text.h"
#include "tools/authority/files.h"
#include "tools/authority/output.h"
#include "tools/authority/people.h"
#include "tools/authority/register_desk.h"
#include "tools/authority/typed.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;

constexpr size_t kMaxAnswer = 2000;
constexpr size_t kMaxAnswerBytes = 64 * 1024;

absl::StatusOr<std::string> ReadAnswer(const LetterOptions& options) {
  std::string text = options.text;
  if (!options.file.empty()) {
    ASSIGN_OR_RETURN(text, ReadInput(options.file, kMaxAnswerBytes));
  }
  return TypedLetter({"回答", text, kMaxAnswer});
}

}  // namespace

absl::Status ShowLetters(Session& session, const Options& options) {
  const auto kind =
      options.letter.kind == "reports" ? rv1::LETTER_KIND_REPORT : rv1::LETTER_KIND_ENQUIRY;
  ASSIGN_OR_RETURN(const auto letters, ListLetters(session, kind, options.letter.all));
  auto list = nlohmann::json::array();
  std::string text;
  for (const auto& letter : letters) {
    list.push_back(ToJson(letter));
    absl::StrAppend(&text, text.empty() ? "" : "\n", LetterText(letter));
  }
  if (letters.empty()) Tell(options.letter.all ? "ありません。" : "未回答のものはありません。");
  Print(options, Dump(list), text);
  return absl::OkStatus();
}

absl::Status AnswerLetter(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const auto number, TypedNumber("番号", options.id));
  ASSIGN_OR_RETURN(const auto answer, ReadAnswer(options.letter));
  Tell(answer);
  RETURN_IF_ERROR(Confirm(options, "この内容で回答し、閉じますか"));
  ASSIGN_OR_RETURN(const auto letter, CloseLetter(session, number, answer));
  Print(options, Dump(ToJson(letter)),
        absl::StrCat("回答しました: ", NumberText(letter.letter_number())));
  return absl::OkStatus();
}

}  // namespace oshirase::authority
