#include "services/registry/pdf/phrase_breaks.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <memory>
#include <utility>

namespace oshirase::registry::pdf {
namespace {

constexpr int kLongestPhrase = 10;  // characters

// Opening the dictionary takes longer than a page: each thread keeps its own.
icu::BreakIterator* PhraseIterator() {
  thread_local const auto kIterator = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::BreakIterator>(icu::BreakIterator::createLineInstance(
        icu::Locale::forLanguageTag("ja-u-lw-phrase", status), status));
  }();
  return kIterator.get();
}

struct Extent {
  int characters = 0;
  bool only_hiragana = true;
};

Extent ExtentOf(const std::string& text, int start, int end) {
  Extent extent;
  for (int i = start; i < end; ++extent.characters) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, end, c);
    UErrorCode status = U_ZERO_ERROR;
    if (uscript_getScript(c, &status) != USCRIPT_HIRAGANA) extent.only_hiragana = false;
  }
  return extent;
}

// Collects phrases. One of hiragana alone ("ています") ends the word before it ("消毒し").
class Collector {
 public:
  explicit Collector(const std::string& text) : text_(text) {}

  void Add(int start, int end) {
    const Extent extent = ExtentOf(text_, start, end);
    const bool joins = extent.only_hiragana && characters_ > 0 &&
                       characters_ + extent.characters <= kLongestPhrase;
    if (!joins) Flush(start);
    characters_ += extent.characters;
    end_ = end;
  }

  std::vector<Unbroken> Take() {
    Flush(end_);
    return std::move(phrases_);
  }

 private:
  void Flush(int next_start) {
    if (characters_ > 1 && characters_ <= kLongestPhrase) phrases_.push_back({start_, end_});
    start_ = next_start;
    characters_ = 0;
  }

  const std::string& text_;
  std::vector<Unbroken> phrases_;
  int start_ = 0;
  int end_ = 0;
  int characters_ = 0;
};

}  // namespace

std::vector<Unbroken> UnbrokenPhrases(const std::string& text) {
  icu::BreakIterator* breaks = PhraseIterator();
  if (breaks == nullptr) return {};
  Collector collector(text);
  UErrorCode status = U_ZERO_ERROR;
  UText view = UTEXT_INITIALIZER;
  utext_openUTF8(&view, text.data(), static_cast<int64_t>(text.size()), &status);
  breaks->setText(&view, status);
  int start = 0;
  for (int end = breaks->next(); U_SUCCESS(status) && end != icu::BreakIterator::DONE;
       end = breaks->next()) {
    collector.Add(start, end);
    start = end;
  }
  utext_close(&view);
  return collector.Take();
}

std::vector<Unbroken> UnbrokenWords(const std::string& text) {
  std::vector<Unbroken> words;
  const auto size = static_cast<int>(text.size());
  int start = 0;
  for (int i = 0; i < size;) {
    const int before = i;
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    if (!u_isUWhiteSpace(c)) continue;
    if (before > start) words.push_back({start, before});
    start = i;
  }
  if (size > start) words.push_back({start, size});
  return words;
}

}  // namespace oshirase::registry::pdf
