// The command line: which command, with which options. Only this folder knows CLI11.
#pragma once

#include "tools/authority/commands.h"
#include "tools/authority/options.h"

namespace oshirase::authority {

struct CommandLine {
  Options options;
  Command command = nullptr;  // Null: nothing to do but to end with `exit_code`.
  int exit_code = 0;
};

// Parses the command line. Help goes to stdout; what is wrong with it to stderr, with exit code 2.
CommandLine ParseCommandLine(int argc, char** argv);

}  // namespace oshirase::authority
