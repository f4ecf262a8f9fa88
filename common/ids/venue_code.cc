#include "common/ids/venue_code.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "common/ids/crockford.h"
#include "common/ids/fold.h"
#include "common/status/errors.h"

namespace oshirase::ids {
namespace {

constexpr size_t kSymbols = 16;  // 80 bits
constexpr size_t kCodeSize = kSymbols + 1;
constexpr size_t kGroup = 4;
// "T - 8" is one way to write a separator; more characters than that separate words, not groups.
constexpr size_t kMaxSeparators = 3;

using Kind = VenueCodeInText::Kind;

// Reads one candidate from the start of a word: letters and digits, joined by hyphens, or by spaces
// where a group of four ends.
class CandidateReader {
 public:
  CandidateReader(std::string_view text, size_t start)
      : text_(text), start_(start), position_(start) {}

  VenueCodeInText Read() {
    bool mistyped = false;
    while (symbols_.size() <= kCodeSize && TakeSymbol()) {
      if (!AtBoundary()) continue;
      if (symbols_.size() == kCodeSize) {
        const std::string code = CanonicalCheckedNumber(symbols_, kSymbols);
        if (!code.empty()) return {Kind::kFound, VenueCode{code}};
      }
      mistyped = mistyped || LooksMistyped();
    }
    return {mistyped ? Kind::kMistyped : Kind::kNone, std::nullopt};
  }

 private:
  bool IsWord(size_t at) const { return at < text_.size() && absl::ascii_isalnum(text_[at]); }
  bool IsSymbol(size_t at) const {
    // * ~ $ = are symbols in the place of the check only.
    return IsWord(at) ||
           (at < text_.size() && symbols_.size() == kSymbols && CheckValue(text_[at]) >= 0);
  }
  bool AtBoundary() const { return !IsWord(position_); }
  // What hangs by a hyphen on either side is longer than a code: a UUID, say.
  bool IsPartOfMore() const {
    const bool before = start_ >= 2 && text_[start_ - 1] == '-' && IsWord(start_ - 2);
    const bool after = position_ < text_.size() && text_[position_] == '-' && IsWord(position_ + 1);
    return before || after;
  }

  bool TakeSymbol() {
    if (!SkipSeparators() || !IsSymbol(position_)) return false;
    symbols_ += text_[position_++];
    return true;
  }

  // False when what stands between this symbol and the next does not join them.
  bool SkipSeparators() {
    size_t end = position_;
    bool spaces = false;
    while (end < text_.size() && (text_[end] == '-' || text_[end] == ' ')) {
      spaces = spaces || text_[end] == ' ';
      ++end;
    }
    if (end - position_ > kMaxSeparators) return false;
    const bool group_ends = symbols_.size() % kGroup == 0;
    if (spaces && !group_ends) return false;
    spaced_ = spaced_ || spaces;
    if (!symbols_.empty()) in_groups_ = in_groups_ && group_ends == (end > position_);
    position_ = end;
    return true;
  }

  // One symbol missing or too many is looked for in one piece only, since four-letter words stand
  // side by side often enough.
  bool LooksMistyped() const {
    const size_t size = symbols_.size();
    const bool nearly = size == kCodeSize - 1 || size == kCodeSize + 1;
    if (IsPartOfMore() || (size != kCodeSize && !(nearly && !spaced_))) return false;
    // Codes nearly always have digits and letters; words and numbers do not.
    const bool digits = std::any_of(symbols_.begin(), symbols_.end(), absl::ascii_isdigit);
    const bool letters = std::any_of(symbols_.begin(), symbols_.end(), absl::ascii_isalpha);
    return letters && (digits || LooksPrinted());
  }

  // Letters alone look like a code when they stand as codes are printed, in groups of four: with
  // hyphens and a last one for the check, or with a group that is no word because it has no vowel.
  bool LooksPrinted() const {
    if (!in_groups_) return false;
    return (symbols_.size() == kCodeSize && !spaced_) || HasGroupWithoutVowel();
  }

  bool HasGroupWithoutVowel() const {
    for (size_t at = 0; at + kGroup <= symbols_.size(); at += kGroup) {
      if (symbols_.find_first_of("AEIOUYaeiouy", at) >= at + kGroup) return true;
    }
    return false;
  }

  const std::string_view text_;
  const size_t start_;
  size_t position_;
  std::string symbols_;
  bool spaced_ = false;
  // Whether separators stand between all groups of four, and nowhere else.
  bool in_groups_ = true;
};

}  // namespace

VenueCode NewVenueCode() { return {NewCheckedNumber(kSymbols)}; }

absl::StatusOr<VenueCode> ParseVenueCode(std::string_view text) {
  VenueCode code{CanonicalCheckedNumber(FoldToAscii(text), kSymbols)};
  if (code.value.empty()) {
    return ReasonedError(absl::StatusCode::kInvalidArgument, "VENUE_CODE_MISTYPED",
                         "not a venue code of 17 characters with the right check character");
  }
  return code;
}

std::string FormatVenueCode(const VenueCode& code) { return InGroupsOfFour(code.value); }

VenueCodeInText FindVenueCode(std::string_view text) {
  const std::string folded = FoldToAscii(text);
  VenueCodeInText result;
  for (size_t i = 0; i < folded.size(); ++i) {
    const bool word_starts =
        absl::ascii_isalnum(folded[i]) && (i == 0 || !absl::ascii_isalnum(folded[i - 1]));
    if (!word_starts) continue;
    auto candidate = CandidateReader(folded, i).Read();
    if (candidate.kind == Kind::kFound) return candidate;
    if (candidate.kind == Kind::kMistyped) result.kind = Kind::kMistyped;
  }
  return result;
}

}  // namespace oshirase::ids
