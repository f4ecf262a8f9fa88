#include "services/gateway/i18n/dates.h"

#include <unicode/dtptngen.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <memory>

#include "common/time/japan_time.h"

namespace oshirase::gateway {
namespace {

// Without ICU's data for the language: the form that needs none.
std::string Format(Language language, absl::Time time, const char* skeleton) {
  const icu::Locale locale(InfoOf(language).locale);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
      icu::DateTimePatternGenerator::createInstance(locale, error));
  if (U_FAILURE(error)) return FormatJapanTime(time);
  const icu::UnicodeString pattern = patterns->getBestPattern(skeleton, error);
  icu::SimpleDateFormat format(pattern, locale, error);
  if (U_FAILURE(error)) return FormatJapanTime(time);
  // A fixed offset: Japan has no daylight saving, and the image needs no time zone data.
  format.adoptTimeZone(icu::TimeZone::createTimeZone("GMT+9"));
  icu::UnicodeString text;
  format.format(static_cast<UDate>(absl::ToUnixMillis(time)), text);
  std::string result;
  text.toUTF8String(result);
  return result;
}

}  // namespace

std::string DateAndTime(Language language, absl::Time time) {
  return Format(language, time, "yMMMEdHHmm");
}

std::string DateOnly(Language language, absl::Time time) {
  return Format(language, time, "yMMMEd");
}

}  // namespace oshirase::gateway
