// Talking to the officer at the terminal. Whatever is said is made fit for it, see terminal_text.h.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "tools/authority/options.h"

namespace oshirase::authority {

// Prints data to stdout: the JSON when --json was given, else the text.
void Print(const Options& options, const std::string& json, const std::string& text);

// Prints a line to stderr.
void Tell(const std::string& text);

// Asks a yes-or-no question. Yes without asking when --yes was given or there is no terminal,
// because a script has decided already. Returns CANCELLED for no.
absl::Status Confirm(const Options& options, const std::string& question);

// Whether stderr is a terminal.
bool OnTerminal();

}  // namespace oshirase::authority
