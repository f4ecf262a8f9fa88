#include "tools/authority/cli/cli.h"

#include <CLI/CLI.hpp>

#include "tools/authority/cli/command_tree.h"

namespace oshirase::authority {
namespace {

constexpr int kWrongUse = 2;

void AddConnection(CLI::App& app, ConnectionOptions& options) {
  app.add_option("--notifier", options.notifier, "通知サービスの host:port")
      ->envname("OSHIRASE_NOTIFIER");
  app.add_option("--registry", options.registry, "登録サービスの host:port")
      ->envname("OSHIRASE_REGISTRY");
  app.add_option("--cert", options.cert, "担当職員の証明書")->envname("OSHIRASE_TLS_CERT");
  app.add_option("--key", options.key, "その鍵（署名にも使います）")->envname("OSHIRASE_TLS_KEY");
  app.add_option("--ca", options.ca, "サービスの認証局の証明書")->envname("OSHIRASE_TLS_CA");
}

}  // namespace

CommandLine ParseCommandLine(int argc, char** argv) {
  CommandLine line;
  CLI::App app(
      "保健所の担当職員が症例を入力し、承認し、お知らせを送り、県の担当職員が施設の登録を扱うための"
      "プログラム",
      "oshirase-authority");
  app.footer(
      "例:\n"
      "  oshirase-authority venue find 居酒屋たけ\n"
      "  oshirase-authority case submit --case 2020-0123 --at ABCD-EFGH-JKMN-PQRS-T "
      "2020-06-01T19:00 2020-06-01T21:30\n"
      "  oshirase-authority case approve ID && oshirase-authority case watch ID\n"
      "  oshirase-authority register find --kind restaurant --municipality 横浜市中区\n"
      "  oshirase-authority letters list enquiries\n\n"
      "終了コード: 0 完了、1 失敗、2 使い方の誤り、3 サーバーが拒否");
  app.require_subcommand(1);
  AddConnection(app, line.options.connection);

  CommandTree tree(app, line);
  AddVenues(tree);
  AddCases(tree);
  AddRegister(tree);
  AddCertificates(tree);
  AddLetters(tree);
  AddApiKeys(tree);
  AddAudit(tree);
  AddOfficers(tree);
  AddConsole(tree);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    line.command = nullptr;
    line.exit_code = app.exit(error) == 0 ? 0 : kWrongUse;
  }
  return line;
}

}  // namespace oshirase::authority
