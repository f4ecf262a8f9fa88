#include "services/registry/pdf/testing/printed.h"

#include <stdlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>
#include <sstream>

#include "absl/strings/str_cat.h"

namespace oshirase::registry::pdf {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

Printed::Printed(const std::string& pdf) {
  std::string pattern = (std::filesystem::temp_directory_path() / "printed-XXXXXX").string();
  directory_ = ::mkdtemp(pattern.data());
  std::ofstream(directory_ + "/sheet.pdf", std::ios::binary) << pdf;
}

Printed::~Printed() { std::filesystem::remove_all(directory_); }

std::string Printed::Run(const std::string& command) const {
  const std::string line = absl::StrCat("cd ", directory_, " && ", command);
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(line.c_str(), "r"), ::pclose);
  std::string text;
  std::array<char, 4096> bytes;
  while (const size_t count = std::fread(bytes.data(), 1, bytes.size(), pipe.get())) {
    text.append(bytes.data(), count);
  }
  return text;
}

std::string Printed::Text() const { return Run("pdftotext -raw sheet.pdf -"); }

std::string Printed::TextWithoutSpaces() const {
  std::string text = Text();
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
  return text;
}

std::string Printed::Info(const std::string& key) const {
  for (const std::string& line : Lines(Run("pdfinfo sheet.pdf"))) {
    if (line.rfind(key + ":", 0) != 0) continue;
    return line.substr(line.find_first_not_of(' ', key.size() + 1));
  }
  return "";
}

int Printed::PageCount() const { return std::atoi(Info("Pages").c_str()); }

std::vector<std::string> Printed::Fonts() const {
  auto lines = Lines(Run("pdffonts sheet.pdf"));
  lines.erase(lines.begin(), lines.begin() + std::min<ptrdiff_t>(2, std::ssize(lines)));
  return lines;
}

std::vector<std::string> Printed::QrTexts(int page, int dots_per_inch) const {
  auto texts = Lines(
      Run(absl::StrCat("pdftoppm -r ", dots_per_inch, " -f ", page, " -l ", page,
                       " -png -singlefile sheet.pdf page && "
                       "zbarimg --quiet --raw -Sdisable -Sqrcode.enable page.png 2>/dev/null")));
  std::sort(texts.begin(), texts.end());
  return texts;
}

std::string Printed::Problems() const {
  return Run("qpdf --check --no-warn sheet.pdf >said 2>&1 || cat said");
}

std::string Printed::Objects() const { return Run("qpdf --json sheet.pdf"); }

std::string Printed::Layout() const {
  static const std::regex kWord(R"re(<word xMin="([0-9.]+)" yMin="([0-9.]+)" .*>(.*)</word>)re");
  std::string layout;
  int page = 0;
  for (const std::string& line : Lines(Run("pdftotext -bbox sheet.pdf -"))) {
    if (line.find("<page ") != std::string::npos) ++page;
    std::smatch word;
    if (!std::regex_search(line, word, kWord)) continue;
    absl::StrAppend(&layout, page, " ", std::lround(std::stod(word[1])), " ",
                    std::lround(std::stod(word[2])), " ", word[3].str(), "\n");
  }
  return layout;
}

}  // namespace oshirase::registry::pdf
