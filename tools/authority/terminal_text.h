// Text of others on an officer's terminal: nothing in it can move the cursor, hide, or pass for
// another line, and columns stay aligned in Japanese.
#pragma once

#include <string>
#include <vector>

namespace oshirase::authority {

// `text` as one line: line breaks and tabs become a space; other control characters, marks that
// turn the direction of writing, and bytes that are not UTF-8 become U+FFFD.
std::string VisibleLine(const std::string& text);

// The same, but line feeds stay, and a carriage return before one is dropped.
std::string VisibleLines(const std::string& text);

// Whether a terminal may not get this character as it is. Line feeds are among them.
bool IsUnfitForTerminal(char32_t character);

// How many columns of a terminal `text` takes: a full-width character two, a combining one none.
int Columns(const std::string& text);

// `text` with blanks up to `columns`, or cut to them with an ellipsis at its end.
std::string Fitted(const std::string& text, int columns);

// How many characters a reader counts: an emoji family is one.
size_t CharacterCount(const std::string& text);

// Rows under a heading, columns aligned. Each cell becomes one line that is fit for a terminal.
std::string Table(const std::vector<std::vector<std::string>>& rows);

}  // namespace oshirase::authority
