// Times as people of a language write them, always in Japan time.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "services/gateway/i18n/language.h"

namespace oshirase::gateway {

// "2020年6月1日(月) 19:02", "Mon, 1 Jun 2020, 19:02".
std::string DateAndTime(Language language, absl::Time time);

// "2020年6月1日(月)", "Mon, 1 Jun 2020".
std::string DateOnly(Language language, absl::Time time);

}  // namespace oshirase::gateway
