#include "tools/authority/cli/command_tree.h"

namespace oshirase::authority {

void AddLetters(CommandTree& tree) {
  auto& options = tree.options().letter;
  auto* noun = tree.Noun("letters", "問い合わせと通報（県の登録担当用）");
  auto* list = tree.Verb(noun, "list", "未回答のものの一覧", ShowLetters);
  list->add_option("KIND", options.kind, "enquiries（問い合わせ）か reports（通報）")
      ->required()
      ->check(CLI::IsMember({"enquiries", "reports"}));
  list->add_flag("--all", options.all, "回答したものも");
  auto* answer =
      tree.Verb(noun, "answer", "問い合わせに回答する、通報への対応を記録する", AnswerLetter);
  tree.Asking(tree.About(answer, "NUMBER", "問い合わせや通報の番号"));
  auto* text = answer->add_option_group("answer");
  text->add_option("--text", options.text, "回答");
  text->add_option("--file", options.file, "回答のファイル（- は標準入力）");
  text->require_option(1);
}

}  // namespace oshirase::authority
