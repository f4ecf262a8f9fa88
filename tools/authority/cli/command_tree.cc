#include "tools/authority/cli/command_tree.h"

namespace oshirase::authority {

CLI::App* CommandTree::Noun(const std::string& name, const std::string& help) {
  auto* noun = app_.add_subcommand(name, help);
  noun->require_subcommand(1);
  noun->footer("");  // The examples are for the whole program.
  return noun;
}

CLI::App* CommandTree::Verb(CLI::App* noun, const std::string& name, const std::string& help,
                            Command command) {
  auto* verb = noun->add_subcommand(name, help);
  Runs(verb, command);
  return verb;
}

CLI::App* CommandTree::Alone(const std::string& name, const std::string& help, Command command) {
  auto* verb = app_.add_subcommand(name, help);
  verb->footer("");
  Runs(verb, command);
  return verb;
}

void CommandTree::Runs(CLI::App* verb, Command command) {
  verb->add_flag("--json", line_.options.json, "JSONで出力");
  verb->callback([this, command] { line_.command = command; });
}

CLI::App* CommandTree::About(CLI::App* verb, const std::string& what, const std::string& help) {
  verb->add_option(what, line_.options.id, help)->required();
  return verb;
}

CLI::App* CommandTree::WithReason(CLI::App* verb) {
  verb->add_option("--reason", line_.options.reason, "理由（記録に残ります）")->required();
  return verb;
}

CLI::App* CommandTree::Asking(CLI::App* verb) {
  verb->add_flag("--yes", line_.options.yes, "確認しない");
  return verb;
}

}  // namespace oshirase::authority
