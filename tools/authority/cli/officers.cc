#include "tools/authority/cli/command_tree.h"

namespace oshirase::authority {

void AddAudit(CommandTree& tree) {
  tree.Verb(tree.Noun("audit", "監査記録"), "list", "両サービスの監査記録の一覧", ListAudit);
}

void AddOfficers(CommandTree& tree) {
  auto& options = tree.options();
  auto* noun = tree.Noun("officer", "担当職員の登録（運用担当者用）");
  const auto for_officer = [&](CLI::App* verb) { return tree.About(verb, "ID", "職員のID"); };
  auto* enrol = for_officer(
      tree.Verb(noun, "enrol", "職員を登録する、または役割と証明書を加える", EnrolOfficer));
  enrol->add_option("--roles", options.roles, "submit,approve,audit,operate,drill,desk")
      ->required()
      ->delimiter(',')
      ->check(CLI::IsMember({"submit", "approve", "audit", "operate", "drill", "desk"}));
  enrol->add_option("--cert", options.cert_file, "職員の証明書（PEM）")->required();
  tree.WithReason(
      for_officer(tree.Verb(noun, "revoke", "職員を失効させる（元に戻せません）", RevokeOfficer)));
  tree.Verb(noun, "list", "職員の一覧", ListOfficers);
}

}  // namespace oshirase::authority
