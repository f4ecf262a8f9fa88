// What is wrong with a form, free of any language.
#pragma once

#include <string>

#include "services/gateway/i18n/words.h"

namespace oshirase::gateway {

// One problem, in the words shown both at the field and in the summary.
struct FormProblem {
  std::string field;
  std::string word;  // Its key.
  WordValues values = {};
};

}  // namespace oshirase::gateway
