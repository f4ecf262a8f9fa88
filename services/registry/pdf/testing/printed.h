// A PDF as programs that know nothing of ours read it: poppler, qpdf and zbar, which are installed
// with the build's packages.
#pragma once

#include <string>
#include <vector>

namespace oshirase::registry::pdf {

class Printed {
 public:
  explicit Printed(const std::string& pdf);
  ~Printed();
  Printed(const Printed&) = delete;
  Printed& operator=(const Printed&) = delete;

  // What pdftotext reads, in the order of the file.
  std::string Text() const;
  // Likewise without any white space: lines and columns are the layout's affair.
  std::string TextWithoutSpaces() const;
  // A line of pdfinfo: Info("Pages").
  std::string Info(const std::string& key) const;
  int PageCount() const;
  // The lines of pdffonts, without its head.
  std::vector<std::string> Fonts() const;
  // Every QR on the page, as zbarimg reads it in a picture of so many dots per inch; sorted.
  std::vector<std::string> QrTexts(int page, int dots_per_inch) const;
  // What qpdf --check and then --json say; the first is empty when all is well.
  std::string Problems() const;
  std::string Objects() const;
  // "page x y word" of every word, in whole points.
  std::string Layout() const;

 private:
  std::string Run(const std::string& command) const;

  std::string directory_;
};

}  // namespace oshirase::registry::pdf
