#include "tools/authority/cli/command_tree.h"

namespace oshirase::authority {

void AddConsole(CommandTree& tree) {
  auto& listen = tree.options().listen;
  listen = "127.0.0.1:0";
  tree.Alone("console", "ブラウザで使う画面を開く（この機械の中だけ）", RunConsole)
      ->add_option("--listen", listen, "待ち受けるアドレス（ふつうは 127.0.0.1:0、空いたポート）");
}

}  // namespace oshirase::authority
