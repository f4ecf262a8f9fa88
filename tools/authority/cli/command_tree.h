// Commands as they are added to the program, noun by noun: `case submit`, `register find`.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "tools/authority/cli/cli.h"

namespace oshirase::authority {

// Whichever command is given is noted in the CommandLine. Refers to both, which must outlive it.
class CommandTree {
 public:
  CommandTree(CLI::App& app, CommandLine& line) : app_(app), line_(line) {}

  Options& options() { return line_.options; }

  // A noun, such as `case`.
  CLI::App* Noun(const std::string& name, const std::string& help);

  // A verb of it.
  CLI::App* Verb(CLI::App* noun, const std::string& name, const std::string& help, Command command);

  // A verb without a noun, such as `console`.
  CLI::App* Alone(const std::string& name, const std::string& help, Command command);

  // Takes what it is about, which is noted as Options::id: "ID", "KEY".
  CLI::App* About(CLI::App* verb, const std::string& what, const std::string& help);

  // Needs --reason.
  CLI::App* WithReason(CLI::App* verb);

  // Can be told not to ask back.
  CLI::App* Asking(CLI::App* verb);

 private:
  void Runs(CLI::App* verb, Command command);

  CLI::App& app_;
  CommandLine& line_;
};

void AddVenues(CommandTree& tree);
void AddCases(CommandTree& tree);
void AddAudit(CommandTree& tree);
void AddOfficers(CommandTree& tree);
void AddRegister(CommandTree& tree);
void AddCertificates(CommandTree& tree);
void AddLetters(CommandTree& tree);
void AddApiKeys(CommandTree& tree);
void AddConsole(CommandTree& tree);

}  // namespace oshirase::authority
