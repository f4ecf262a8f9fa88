// Text as people type it: measured in what a reader counts as characters, kept as typed, and
// folded only in the copy that is searched.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace oshirase::registry {

// Whether `text` is UTF-8 throughout.
bool IsUtf8(std::string_view text);

// `text` without white space, the ideographic one included, at its ends.
std::string Trimmed(std::string_view text);

// Whether `text` holds control characters, line or paragraph separators, or the marks that turn the
// direction of writing: on a certificate or in a notice they would make a name look like another.
bool HasControlCharacters(std::string_view text);

// Whether a reader would see nothing of `text`: white space, zero-width characters.
bool IsInvisible(std::string_view text);

// How many characters a reader counts: an emoji family or a letter with its accents is one.
size_t CharacterCount(std::string_view text);

// The first characters of `text`, as a reader counts them, that have at most `max_bytes` together.
std::string FirstCharacters(std::string_view text, size_t max_bytes);

// What is compared in a search: compatibility forms (full and half width) unified, case folded,
// hiragana as katakana, and everything but letters and digits dropped, so that a hyphen, a space or
// a lengthening mark more or less does not matter. "らーめん 横浜1-2" becomes "ラメン横浜12".
std::string Folded(std::string_view text);

// The words of a query, each folded; words of which nothing remains are left out.
std::vector<std::string> FoldedWords(std::string_view query);

// Every character and every pair of neighbours in `folded`, each once: what the search index holds.
// A text contains a word only if it has all of the word's grams.
std::vector<std::string> GramsOf(std::string_view folded);

// The fewest grams of `word` that a text containing it must have: its pairs, or its only character.
std::vector<std::string> QueryGramsOf(std::string_view word);

}  // namespace oshirase::registry
