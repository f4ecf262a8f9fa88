#include "common/ids/crockford.h"

#include <array>
#include <cstdint>
#include <vector>

#include "common/ids/random.h"

namespace oshirase::ids {
namespace {

constexpr std::string_view kSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
constexpr int kBase = 32;
constexpr int kModulus = 37;

char UpperCase(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::array<int8_t, 128> MakeValues() {
  std::array<int8_t, 128> values;
  values.fill(-1);
  for (size_t value = 0; value < kSymbols.size(); ++value) {
    values[static_cast<uint8_t>(kSymbols[value])] = static_cast<int8_t>(value);
  }
  values['O'] = 0;
  values['I'] = 1;
  values['L'] = 1;
  return values;
}

// The check value of base 32 symbols, all of them valid.
int Remainder(std::string_view symbols) {
  int remainder = 0;
  for (const char symbol : symbols)
    remainder = (remainder * kBase + SymbolValue(symbol)) % kModulus;
  return remainder;
}

}  // namespace

int CheckValue(char symbol) {
  static const std::array<int8_t, 128> values = MakeValues();
  const auto index = static_cast<uint8_t>(UpperCase(symbol));
  return index < values.size() ? values[index] : -1;
}

int SymbolValue(char symbol) {
  const int value = CheckValue(symbol);
  return value < kBase ? value : -1;
}

std::string NewCheckedNumber(size_t symbols) {
  std::vector<uint8_t> random(symbols);
  while (true) {
    FillRandom(random);
    std::string number;
    for (const uint8_t byte : random) number += kSymbols[byte % kBase];
    const int check = Remainder(number);
    if (check < kBase) return number + kSymbols[check];
  }
}

std::string CanonicalCheckedNumber(std::string_view text, size_t symbols) {
  std::string canonical;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    const bool is_check = canonical.size() == symbols;
    const int value = is_check ? CheckValue(c) : SymbolValue(c);
    if (value < 0 || canonical.size() > symbols) return "";
    if (is_check && value != Remainder(canonical)) return "";
    canonical += kSymbols[value];
  }
  return canonical.size() == symbols + 1 ? canonical : "";
}

std::string InGroupsOfFour(std::string_view canonical) {
  std::string grouped;
  for (size_t i = 0; i < canonical.size(); ++i) {
    if (i > 0 && i % 4 == 0) grouped += '-';
    grouped += canonical[i];
  }
  return grouped;
}

}  // namespace oshirase::ids
