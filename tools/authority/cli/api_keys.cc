#include "tools/authority/cli/command_tree.h"

namespace oshirase::authority {

void AddApiKeys(CommandTree& tree) {
  auto& options = tree.options().api_key;
  auto* noun = tree.Noun("api-keys", "事業者のプログラムのための鍵（県の登録担当用）");
  auto* issue = tree.Verb(noun, "issue", "発行する（鍵が表示されるのはこのときだけ）", MakeApiKey);
  issue->add_option("EMAIL", options.email, "事業者のメールアドレス")->required();
  issue->add_option("--label", options.label, "何のための鍵か")->required();
  tree.Verb(noun, "list", "一覧", ShowApiKeys);
  auto* revoke = tree.Verb(noun, "revoke", "使えなくする（元に戻せません）", EndApiKey);
  tree.Asking(tree.About(revoke, "ID", "鍵のID"));
}

}  // namespace oshirase::authority
