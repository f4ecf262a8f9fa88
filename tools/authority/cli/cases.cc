#include "tools/authority/cli/command_tree.h"

namespace oshirase::authority {
namespace {

CLI::App* ForCase(CommandTree& tree, CLI::App* verb) { return tree.About(verb, "ID", "症例のID"); }

void AddSubmit(CommandTree& tree, CLI::App* noun) {
  auto& options = tree.options().submit;
  auto* submit = tree.Verb(noun, "submit", "症例を入力する（症例のIDを出力）", SubmitCase);
  submit->add_option("--case", options.case_ref, "保健所の照会番号（英数字40字まで。氏名は不可）")
      ->required();
  auto* at =
      submit->add_option("--at", options.at, "施設コード 開始 終了（2020-06-01T19:00、日本時間）")
          ->type_name("CODE FROM TO");
  submit->add_option("--csv", options.csv, "聞き取り票のCSV（venue_code,venue_name,from,to,note）")
      ->excludes(at);
  submit->add_option("--template", options.template_name, "文面の種類");
  submit->add_option("--linger", options.linger, "終了後も対象とする時間（例 30m）");
  submit->add_option("--stay", options.stay, "退店の記録がない人の滞在時間（例 2h）");
  submit->add_flag("--name-venue", options.name_venues,
                   "施設名を文面に入れる（事業者の同意が必要）");
  submit->add_flag("--drill", options.drill, "訓練として行う");
}

void AddSettle(CommandTree& tree, CLI::App* noun) {
  auto& options = tree.options();
  auto* settle =
      ForCase(tree, tree.Verb(noun, "settle", "届いたか分からない分の扱いを決める", SettleCase));
  tree.Asking(settle);
  auto* choice = settle->add_option_group("choice");
  choice->add_flag("--resend", options.resend, "送り直す");
  choice->add_flag("--give-up", options.give_up, "あきらめる");
  choice->require_option(1);
}

}  // namespace

void AddCases(CommandTree& tree) {
  auto* noun = tree.Noun("case", "症例: 入力、承認、送信");
  AddSubmit(tree, noun);
  ForCase(tree, tree.Verb(noun, "preview", "対象となる来店の数（最大）を見る", PreviewCase));
  ForCase(tree, tree.Verb(noun, "show", "一つの症例を見る", ShowCase));
  tree.Verb(noun, "list", "症例の一覧", ListCases)
      ->add_option("--state", tree.options().state, "この状態のものだけ（SUBMITTED など）");
  tree.Asking(
      ForCase(tree, tree.Verb(noun, "approve", "ほかの職員が入力した症例を承認する", ApproveCase)));
  tree.WithReason(ForCase(tree, tree.Verb(noun, "reject", "症例を却下する", RejectCase)));
  ForCase(tree, tree.Verb(noun, "watch", "送信の様子を終わるまで見る", WatchCase));
  ForCase(tree, tree.Verb(noun, "pause", "送信を一時停止する", PauseCase));
  ForCase(tree, tree.Verb(noun, "resume", "送信を再開する", ResumeCase));
  tree.Asking(ForCase(tree, tree.Verb(noun, "cancel", "まだ送っていない分を取り消す", CancelCase)));
  AddSettle(tree, noun);
}

}  // namespace oshirase::authority
