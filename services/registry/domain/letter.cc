#include "services/registry/domain/letter.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "common/status/macros.h"
#include "services/registry/domain/mail.h"
#include "services/registry/domain/mail_errors.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {
namespace {

constexpr size_t kMaxLineBytes = 1000;
constexpr size_t kMaxUrlBytes = 1000;

struct KindFacts {
  MailKind kind;
  const char* name;
  std::vector<std::string> values;
};

const std::vector<KindFacts>& Kinds() {
  // Never freed: letters are written until the very end of the process.
  static const auto& kinds = *new std::vector<KindFacts>{
      {MailKind::kConfirmMailbox,
       "CONFIRM_MAILBOX",
       {"receipt_number", "confirm_url", "valid_until"}},
      {MailKind::kCertificateIssued,
       "CERTIFICATE_ISSUED",
       {"venue_name", "certificate_number", "version", "issue_date", "documents_url", "code_url",
        "upkeep_url"}},
      {MailKind::kUpkeepLink, "UPKEEP_LINK", {"upkeep_link_url", "valid_until"}},
      {MailKind::kCertificateUpdated,
       "CERTIFICATE_UPDATED",
       {"venue_name", "certificate_number", "version", "issue_date", "documents_url", "code_url",
        "upkeep_url"}},
      {MailKind::kNoticeConcernsVenue, "NOTICE_CONCERNS_VENUE", {"venue_name"}},
      {MailKind::kEnquiryReceived, "ENQUIRY_RECEIVED", {"enquiry_number", "receive_time"}},
      {MailKind::kEnquiryAnswered, "ENQUIRY_ANSWERED", {"enquiry_number", "answer_text"}},
      {MailKind::kVenueSuspended,
       "VENUE_SUSPENDED",
       {"venue_name", "certificate_number", "decide_date", "reason_text"}},
      {MailKind::kCertificateWithdrawn,
       "CERTIFICATE_WITHDRAWN",
       {"venue_name", "certificate_number", "decide_date", "reason_text"}},
      {MailKind::kVenuesImported,
       "VENUES_IMPORTED",
       {"venue_count", "documents_url", "upkeep_url"}},
  };
  return kinds;
}

const KindFacts& FactsOf(MailKind kind) { return Kinds()[static_cast<size_t>(kind)]; }

bool IsUrl(absl::string_view url) {
  const bool clean = std::all_of(url.begin(), url.end(), [](unsigned char c) {
    return c > ' ' && c < 0x7F && !absl::StrContains("\"'<>\\^`{|}", static_cast<char>(c));
  });
  if (!clean || url.size() > kMaxUrlBytes) return false;
  return (absl::ConsumePrefix(&url, "https://") || absl::ConsumePrefix(&url, "http://")) &&
         !url.empty();
}

bool IsText(std::string text) {
  if (text.size() > kMaxLetterTextBytes) return false;
  std::replace(text.begin(), text.end(), '\n', ' ');
  return IsUtf8(text) && !HasControlCharacters(text);
}

bool IsFit(const std::string& name, const std::string& value) {
  if (value.empty()) return false;
  if (absl::EndsWith(name, "_url")) return IsUrl(value);
  if (absl::EndsWith(name, "_text")) return IsText(value);
  return value.size() <= kMaxLineBytes && IsUtf8(value) && !HasControlCharacters(value);
}

absl::CivilSecond InJapan(absl::Time time) {
  return absl::ToCivilSecond(time, absl::FixedTimeZone(9 * 60 * 60));
}

}  // namespace

const char* NameOf(MailKind kind) { return FactsOf(kind).name; }

std::optional<MailKind> MailKindOf(absl::string_view name) {
  for (const KindFacts& facts : Kinds()) {
    if (name == facts.name) return facts.kind;
  }
  return std::nullopt;
}

const std::vector<std::string>& ValuesOf(MailKind kind) { return FactsOf(kind).values; }

absl::Status CheckLetter(const Letter& letter) {
  RETURN_IF_ERROR(CheckMailAddress(letter.to));
  const auto& names = ValuesOf(letter.kind);
  for (const std::string& name : names) {
    const auto value = letter.values.find(name);
    if (value == letter.values.end() || !IsFit(name, value->second)) return LetterInvalid(name);
  }
  if (letter.values.size() != names.size()) return LetterInvalid("(another)");
  return absl::OkStatus();
}

std::string JapaneseDate(absl::Time time) {
  static constexpr const char* kWeekdays[] = {"月", "火", "水", "木", "金", "土", "日"};
  const absl::CivilSecond civil = InJapan(time);
  const auto weekday = static_cast<size_t>(absl::GetWeekday(civil));
  return absl::StrFormat("%d年%d月%d日（%s）", civil.year(), civil.month(), civil.day(),
                         kWeekdays[weekday]);
}

std::string JapaneseTime(absl::Time time) {
  const absl::CivilSecond civil = InJapan(time);
  return absl::StrFormat("%s %02d:%02d", JapaneseDate(time), civil.hour(), civil.minute());
}

}  // namespace oshirase::registry
