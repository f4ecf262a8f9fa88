#include "tools/authority/cli/command_tree.h"

namespace oshirase::authority {
namespace {

constexpr int kMostListed = 10000;

CLI::App* ForEntry(CommandTree& tree, CLI::App* verb) {
  return tree.About(verb, "KEY", "施設コード、取組書の番号、施設IDのどれか");
}

void AddFilter(CLI::App* verb, FilterOptions& filter) {
  verb->add_option("--kind", filter.kind, "業種（restaurant など）");
  verb->add_option("--municipality", filter.municipality, "市区町村（登録のとおり）");
  verb->add_option("--state", filter.state, "open, closed, suspended");
  verb->add_option("--from", filter.from, "この日から登録されたもの（2020-06-01）");
  verb->add_option("--to", filter.to, "この日までに登録されたもの");
}

void AddReading(CommandTree& tree, CLI::App* noun) {
  auto& options = tree.options().entry;
  auto* find = tree.Verb(noun, "find", "登録を探す、絞り込む", FindInRegister);
  find->add_option("TEXT", options.filter.text,
                   "名前、かな、住所、電話番号、メール、コード、取組書の番号の言葉");
  AddFilter(find, options.filter);
  auto* all = find->add_flag("--all", options.all, "すべて");
  find->add_option("--limit", options.limit, "何件まで（ふつうは20）")
      ->check(CLI::Range(1, kMostListed))
      ->excludes(all);
  ForEntry(tree, tree.Verb(noun, "show", "一つの登録と履歴を見る", ShowEntry));
  tree.Verb(noun, "counts", "業種、市区町村、状態、月ごとの数", ShowCounts)
      ->add_option("--plot", options.plot, "図も書くファイル（.svg）");
  auto* to_csv = tree.Verb(noun, "export", "CSVに書き出す", ExportToCsv);
  to_csv->add_option("FILE", options.output, "書き出すファイル")->required();
  to_csv->add_option("--text", options.filter.text, "この言葉を含むものだけ");
  AddFilter(to_csv, options.filter);
}

void AddDetails(CLI::App* verb, RegisterOptions& options) {
  verb->add_option("--set", options.set,
                   "項目=値（何度でも。例: --set name=たけ --set measure_ids=a,b）")
      ->type_name("FIELD=VALUE")
      ->allow_extra_args(false);
  verb->add_option("--file", options.file, "項目のJSON（register show --json の形。- は標準入力）");
}

void AddChanging(CommandTree& tree, CLI::App* noun) {
  auto& options = tree.options().entry;
  auto* correct = tree.Asking(tree.WithReason(
      ForEntry(tree, tree.Verb(noun, "correct", "登録を訂正する", CorrectInRegister))));
  AddDetails(correct, options);
  correct->add_option("--revision", options.revision, "この版からの訂正であるときだけ行う")
      ->check(CLI::PositiveNumber);
  AddDetails(tree.WithReason(
                 tree.Verb(noun, "add", "事業者に代わって登録する（代行登録）", AddToRegister)),
             options);
}

void AddOffice(CommandTree& tree, CLI::App* noun) {
  auto& options = tree.options().entry;
  auto* inspect =
      ForEntry(tree, tree.Verb(noun, "inspect", "現地で見たことを記録する", InspectVenue));
  auto* finding = inspect->add_option_group("finding");
  finding->add_flag("--confirmed", options.confirmed, "対策が行われていた");
  finding->add_flag("--not-confirmed", options.not_confirmed, "対策を確認できなかった");
  finding->require_option(1);
  inspect->add_option("--note", options.note, "見たこと（記録に残ります）")->required();
  auto* document = ForEntry(tree, tree.Verb(noun, "document", "書類のPDFを作る", SaveDocument));
  document->add_option("DOCUMENT", options.document, "certificate, poster, table-tent, stickers")
      ->required();
  document->add_option("--output", options.output, "書き出すファイル")->required();
  tree.Asking(ForEntry(
      tree, tree.Verb(noun, "mail", "事業者に、お知らせに関わることをメールで伝える", MailVenue)));
}

}  // namespace

void AddRegister(CommandTree& tree) {
  auto* noun = tree.Noun("register", "施設の登録（県の登録担当用）");
  AddReading(tree, noun);
  AddChanging(tree, noun);
  AddOffice(tree, noun);
}

}  // namespace oshirase::authority
