#include "services/registry/domain/phone.h"

#include <phonenumbers/phonenumberutil.h>

namespace oshirase::registry {

bool IsPhoneNumber(const std::string& text) {
  using i18n::phonenumbers::PhoneNumberUtil;
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  i18n::phonenumbers::PhoneNumber number;
  return util.Parse(text, "JP", &number) == PhoneNumberUtil::NO_PARSING_ERROR &&
         util.IsPossibleNumber(number);
}

}  // namespace oshirase::registry
