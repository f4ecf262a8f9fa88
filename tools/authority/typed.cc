#include "tools/authority/typed.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/ids/public_number.h"
#include "common/ids/uuid.h"
#include "common/ids/venue_code.h"
#include "common/status/macros.h"
#include "common/time/japan_time.h"
#include "tools/authority/industries.h"
#include "tools/authority/terminal_text.h"
#include "tools/authority/wrong_use.h"

namespace oshirase::authority {
namespace {

namespace rv1 = registry::v1;

constexpr size_t kMaxReason = 200;
constexpr size_t kMaxEmail = 254;
constexpr size_t kMaxSearchText = 100;
constexpr size_t kMaxMunicipality = 40;
// No character a reader counts has more; what has is a flood.
constexpr size_t kMaxBytesPerCharacter = 32;

constexpr std::array kDocuments{
    std::pair{"certificate", rv1::DOCUMENT_CERTIFICATE},
    std::pair{"poster", rv1::DOCUMENT_POSTER},
    std::pair{"table-tent", rv1::DOCUMENT_TABLE_TENT},
    std::pair{"stickers", rv1::DOCUMENT_STICKERS},
};

constexpr std::array kStates{
    std::pair{"open", rv1::VENUE_STATE_OPEN},
    std::pair{"closed", rv1::VENUE_STATE_CLOSED},
    std::pair{"suspended", rv1::VENUE_STATE_SUSPENDED},
};

// Without blanks at its ends, the ideographic one included.
std::string Trimmed(const std::string& text) {
  std::string trimmed;
  return icu::UnicodeString::fromUTF8(text).trim().toUTF8String(trimmed);
}

bool HasUnfitCharacters(const std::string& text, bool lines) {
  const auto unicode = icu::UnicodeString::fromUTF8(text);
  for (int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
    const auto character = static_cast<char32_t>(unicode.char32At(i));
    if (lines && (character == '\n' || character == '\t')) continue;
    // Bytes that are no UTF-8 have become the replacement character.
    if (IsUnfitForTerminal(character) || character == 0xFFFD) return true;
  }
  return false;
}

absl::StatusOr<std::string> Checked(const TypedText& typed, bool lines) {
  const auto too_long = [&typed] {
    return WrongUse(absl::StrCat(typed.label, "は ", typed.max_characters, " 文字までです"));
  };
  if (typed.text.size() > typed.max_characters * kMaxBytesPerCharacter) return too_long();
  const auto text = Trimmed(typed.text);
  if (text.empty()) return WrongUse(absl::StrCat(typed.label, "を入力してください"));
  if (CharacterCount(text) > typed.max_characters) return too_long();
  if (HasUnfitCharacters(text, lines)) {
    return WrongUse(absl::StrCat(typed.label, "に使えない文字（制御文字など）があります"));
  }
  return text;
}

// Sets `field` by what `value` says, and notes what is wrong with it.
template <typename Set>
void Take(const absl::StatusOr<std::string>& value, std::vector<std::string>& problems, Set set) {
  if (value.ok()) {
    set(*value);
  } else {
    problems.emplace_back(value.status().message());
  }
}

// The midnight at which the day `text` begins, `days` later.
void TakeDay(const char* flag, const std::string& text, int days, google::protobuf::Timestamp* time,
             std::vector<std::string>& problems) {
  const auto day = ParseDay(text);
  if (!day.ok()) {
    problems.push_back(absl::StrCat(flag, " は 2020-06-01 の形で書いてください"));
    return;
  }
  time->set_seconds(absl::ToUnixSeconds(StartOf(*day + days)));
}

}  // namespace

absl::StatusOr<std::string> TypedLine(const TypedText& typed) { return Checked(typed, false); }

absl::StatusOr<std::string> TypedLetter(const TypedText& typed) {
  TypedText unified = typed;
  unified.text = absl::StrReplaceAll(typed.text, {{"\r\n", "\n"}});
  return Checked(unified, true);
}

absl::StatusOr<std::string> TypedReason(const std::string& text) {
  return TypedLine({.label = "理由", .text = text, .max_characters = kMaxReason});
}

absl::StatusOr<std::string> TypedEntryKey(const std::string& text) {
  if (ids::ParseUuid(text).ok()) return text;
  if (const auto code = ids::ParseVenueCode(text); code.ok()) return code->value;
  if (const auto number = ids::ParsePublicNumber(text); number.ok()) return number->value;
  return WrongUse("施設コード、取組書の番号、施設IDのどれでもありません（打ち間違いでは？）");
}

absl::StatusOr<std::string> TypedNumber(const std::string& label, const std::string& text) {
  const auto number = ids::ParsePublicNumber(text);
  if (!number.ok()) return WrongUse(absl::StrCat(label, "が正しくありません（打ち間違いでは？）"));
  return number->value;
}

absl::StatusOr<std::string> TypedUuid(const std::string& label, const std::string& text) {
  if (!ids::ParseUuid(text).ok()) return WrongUse(absl::StrCat(label, "が正しくありません"));
  return text;
}

absl::StatusOr<std::string> TypedEmail(const std::string& text) {
  ASSIGN_OR_RETURN(
      auto email,
      TypedLine({.label = "メールアドレス", .text = text, .max_characters = kMaxEmail}));
  const auto at = email.rfind('@');
  if (at == std::string::npos || at == 0 || at + 1 == email.size() ||
      email.find(' ') != std::string::npos) {
    return WrongUse("メールアドレスの形が正しくありません");
  }
  return email;
}

absl::StatusOr<std::string> TypedKind(const std::string& text) {
  if (Industries().FindIndustry(text) != nullptr) return text;
  std::vector<std::string> kinds;
  for (const auto& industry : Industries().industries()) {
    kinds.push_back(absl::StrCat(industry.kind, "（", industry.name.In("ja"), "）"));
  }
  return WrongUse(absl::StrCat("業種は次のどれかです: ", absl::StrJoin(kinds, ", ")));
}

absl::StatusOr<rv1::Document> TypedDocument(const std::string& text) {
  for (const auto& [name, document] : kDocuments) {
    if (text == name) return document;
  }
  return WrongUse("書類は certificate, poster, table-tent, stickers のどれかです");
}

absl::StatusOr<rv1::RegisterFilter> TypedFilter(const FilterOptions& options) {
  rv1::RegisterFilter filter;
  std::vector<std::string> problems;
  if (!options.text.empty()) {
    Take(TypedLine({"探す言葉", options.text, kMaxSearchText}), problems,
         [&](const std::string& text) { filter.set_text(text); });
  }
  if (!options.kind.empty()) {
    Take(TypedKind(options.kind), problems,
         [&](const std::string& kind) { filter.set_kind(kind); });
  }
  if (!options.municipality.empty()) {
    Take(TypedLine({"市区町村", options.municipality, kMaxMunicipality}), problems,
         [&](const std::string& text) { filter.set_municipality(text); });
  }
  for (const auto& [name, state] : kStates) {
    if (absl::AsciiStrToLower(options.state) == name) filter.set_state(state);
  }
  if (!options.state.empty() && filter.state() == rv1::VENUE_STATE_UNSPECIFIED) {
    problems.emplace_back("--state は open, closed, suspended のどれかです");
  }
  if (!options.from.empty()) {
    TakeDay("--from", options.from, 0, filter.mutable_create_time_from(), problems);
  }
  if (!options.to.empty()) {
    TakeDay("--to", options.to, 1, filter.mutable_create_time_to(), problems);
  }
  if (problems.empty() && filter.has_create_time_from() && filter.has_create_time_to() &&
      filter.create_time_from().seconds() >= filter.create_time_to().seconds()) {
    problems.emplace_back("--to が --from より前です");
  }
  RETURN_IF_ERROR(WrongUse(problems));
  return filter;
}

}  // namespace oshirase::authority
