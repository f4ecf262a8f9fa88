#include "tools/authority/cli/command_tree.h"

namespace oshirase::authority {

void AddCertificates(CommandTree& tree) {
  auto* one = tree.Noun("certificate", "一つの取組書（県の登録担当用）");
  auto* withdraw = tree.Verb(one, "withdraw", "取組書を取り消す", WithdrawByNumber);
  tree.Asking(tree.WithReason(tree.About(withdraw, "NUMBER", "取組書の番号")));

  auto& options = tree.options().reissue;
  auto* all = tree.Noun("certificates", "すべての取組書（県の登録担当用）");
  auto* reissue =
      tree.Verb(all, "reissue", "利用中のすべての施設に新しい版を発行する", ReissueCertificates);
  tree.Asking(tree.WithReason(reissue));
  reissue->add_flag("--mail", options.mail, "事業者にメールで送る");
  reissue->add_option("--run", options.run_id, "中断した再発行を続けるときのID");
}

}  // namespace oshirase::authority
