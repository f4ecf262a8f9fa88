#include "tools/authority/people.h"

#include <unistd.h>

#include <iostream>

#include "tools/authority/terminal_text.h"

namespace oshirase::authority {

void Print(const Options& options, const std::string& json, const std::string& text) {
  const auto printed = VisibleLines(options.json ? json : text);
  std::cout << printed;
  if (!printed.empty() && printed.back() != '\n') std::cout << '\n';
  std::cout.flush();
}

void Tell(const std::string& text) {
  std::cerr << VisibleLines(text);
  if (!text.empty() && text.back() != '\n') std::cerr << '\n';
}

absl::Status Confirm(const Options& options, const std::string& question) {
  if (options.yes || isatty(STDIN_FILENO) == 0 || !OnTerminal()) return absl::OkStatus();
  std::cerr << VisibleLines(question) << " [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  if (answer == "y" || answer == "Y" || answer == "yes" || answer == "はい") {
    return absl::OkStatus();
  }
  return absl::CancelledError("取りやめました");
}

bool OnTerminal() { return isatty(STDERR_FILENO) != 0; }

}  // namespace oshirase::authority
