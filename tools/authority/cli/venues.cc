#include "tools/authority/cli/command_tree.h"

namespace oshirase::authority {

void AddVenues(CommandTree& tree) {
  auto& options = tree.options();
  auto* noun = tree.Noun("venue", "施設を探す、停止する");
  tree.Verb(noun, "find", "名前、かな、住所、コード、電話番号で探す", FindVenues)
      ->add_option("TEXT", options.text, "探す言葉")
      ->required();
  const auto for_venue = [&](const char* name, const char* help, Command command) {
    auto* verb = tree.WithReason(tree.Verb(noun, name, help, command));
    verb->add_option("CODE", options.text, "施設コード")->required();
  };
  for_venue("suspend", "施設のチェックインを停止する", SuspendVenue);
  for_venue("reopen", "停止した施設を再開する", ReopenVenue);
}

}  // namespace oshirase::authority
