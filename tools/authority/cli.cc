#include "tools/authority/cli.h"

#include <CLI/CLI.hpp>
#include <string>

namespace oshirase::authority {
namespace {

constexpr int kWrongUse = 2;

// Adds commands to the program; whichever is given is noted in `line`.
class Commands {
 public:
  Commands(CLI::App& app, CommandLine& line) : app_(app), line_(line) {}

  // A group such as `case`.
  CLI::App* Group(const std::string& name, const std::string& help) {
    auto* group = app_.add_subcommand(name, help);
    group->require_subcommand(1);
    return group;
  }

  CLI::App* Add(CLI::App* group, const std::string& name, const std::string& help,
                Command command) {
    auto* added = group->add_subcommand(name, help);
    added->add_flag("--json", line_.options.json, "JSONで出力");
    added->callback([this, command] { line_.command = command; });
    return added;
  }

  // One that takes a case id.
  CLI::App* AddForCase(CLI::App* group, const std::string& name, const std::string& help,
                       Command command) {
    auto* added = Add(group, name, help, command);
    added->add_option("ID", line_.options.id, "症例のID")->required();
    return added;
  }

  void AddReason(CLI::App* command) {
    command->add_option("--reason", line_.options.reason, "理由（記録に残ります）")->required();
  }

 private:
  CLI::App& app_;
  CommandLine& line_;
};

void AddConnection(CLI::App& app, ConnectionOptions& options) {
  app.add_option("--notifier", options.notifier, "通知サービスの host:port")
      ->envname("OSHIRASE_NOTIFIER");
  app.add_option("--registry", options.registry, "登録サービスの host:port")
      ->envname("OSHIRASE_REGISTRY");
  app.add_option("--cert", options.cert, "担当職員の証明書")->envname("OSHIRASE_TLS_CERT");
  app.add_option("--key", options.key, "その鍵（署名にも使います）")->envname("OSHIRASE_TLS_KEY");
  app.add_option("--ca", options.ca, "サービスの認証局の証明書")->envname("OSHIRASE_TLS_CA");
}

void AddSubmit(Commands& commands, CLI::App* group, SubmitOptions& options) {
  auto* submit = commands.Add(group, "submit", "症例を入力する（症例のIDを出力）", SubmitCase);
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

void AddCases(Commands& commands, Options& options) {
  auto* group = commands.Group("case", "症例: 入力、承認、送信");
  AddSubmit(commands, group, options.submit);
  commands.AddForCase(group, "preview", "対象となる来店の数（最大）を見る", PreviewCase);
  commands.AddForCase(group, "show", "一つの症例を見る", ShowCase);
  auto* list = commands.Add(group, "list", "症例の一覧", ListCases);
  list->add_option("--state", options.state, "この状態のものだけ（SUBMITTED など）");
  auto* approve =
      commands.AddForCase(group, "approve", "ほかの職員が入力した症例を承認する", ApproveCase);
  approve->add_flag("--yes", options.yes, "確認しない");
  commands.AddReason(commands.AddForCase(group, "reject", "症例を却下する", RejectCase));
  commands.AddForCase(group, "watch", "送信の様子を終わるまで見る", WatchCase);
  commands.AddForCase(group, "pause", "送信を一時停止する", PauseCase);
  commands.AddForCase(group, "resume", "送信を再開する", ResumeCase);
  commands.AddForCase(group, "cancel", "まだ送っていない分を取り消す", CancelCase)
      ->add_flag("--yes", options.yes, "確認しない");
  auto* settle =
      commands.AddForCase(group, "settle", "届いたか分からない分の扱いを決める", SettleCase);
  settle->add_flag("--yes", options.yes, "確認しない");
  auto* choice = settle->add_option_group("choice");
  choice->add_flag("--resend", options.resend, "送り直す");
  choice->add_flag("--give-up", options.give_up, "あきらめる");
  choice->require_option(1);
}

void AddOfficers(Commands& commands, Options& options) {
  auto* group = commands.Group("officer", "担当職員の登録（運用担当者用）");
  auto* enrol =
      commands.Add(group, "enrol", "職員を登録する、または役割と証明書を加える", EnrolOfficer);
  enrol->add_option("ID", options.id, "職員のID")->required();
  enrol->add_option("--roles", options.roles, "submit,approve,audit,operate,drill,desk")
      ->required()
      ->delimiter(',')
      ->check(CLI::IsMember({"submit", "approve", "audit", "operate", "drill", "desk"}));
  enrol->add_option("--cert", options.cert_file, "職員の証明書（PEM）")->required();
  auto* revoke = commands.Add(group, "revoke", "職員を失効させる（元に戻せません）", RevokeOfficer);
  revoke->add_option("ID", options.id, "職員のID")->required();
  commands.AddReason(revoke);
  commands.Add(group, "list", "職員の一覧", ListOfficers);
}

}  // namespace

CommandLine ParseCommandLine(int argc, char** argv) {
  CommandLine line;
  CLI::App app("保健所の担当職員が症例を入力し、承認し、お知らせを送るためのプログラム",
               "oshirase-authority");
  app.footer(
      "例:\n"
      "  oshirase-authority venue find 居酒屋たけ\n"
      "  oshirase-authority case submit --case 2020-0123 --at ABCD-EFGH-JKMN-PQRS-T "
      "2020-06-01T19:00 2020-06-01T21:30\n"
      "  oshirase-authority case approve ID && oshirase-authority case watch ID\n\n"
      "終了コード: 0 完了、1 失敗、2 使い方の誤り、3 サーバーが拒否");
  app.require_subcommand(1);
  AddConnection(app, line.options.connection);

  Commands commands(app, line);
  auto* venue = commands.Group("venue", "施設を探す、停止する");
  commands.Add(venue, "find", "名前、かな、住所、コード、電話番号で探す", FindVenues)
      ->add_option("TEXT", line.options.text, "探す言葉")
      ->required();
  auto* suspend = commands.Add(venue, "suspend", "施設のチェックインを停止する", SuspendVenue);
  suspend->add_option("CODE", line.options.text, "施設コード")->required();
  commands.AddReason(suspend);
  AddCases(commands, line.options);
  commands.Add(commands.Group("audit", "監査記録"), "list", "両サービスの監査記録の一覧",
               ListAudit);
  AddOfficers(commands, line.options);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    line.command = nullptr;
    line.exit_code = app.exit(error) == 0 ? 0 : kWrongUse;
  }
  return line;
}

}  // namespace oshirase::authority
