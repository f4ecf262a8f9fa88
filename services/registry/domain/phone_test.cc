#include "services/registry/domain/phone.h"

#include <catch2/catch.hpp>

namespace oshirase::registry {
namespace {

TEST_CASE("numbers as people in Japan write them are numbers") {
  for (const auto* number :
       {"045-210-1111", "0452101111", "045(210)1111", "０４５−２１０−１１１１", "090-1234-5678",
        "0570-000-000", "0120-123-456", "+81 45 210 1111", "+82-2-735-0101"}) {
    INFO(number);
    CHECK(IsPhoneNumber(number));
  }
}

TEST_CASE("what is too short, too long or no number is none") {
  for (const auto* number :
       {"", "045", "045-210-11111111111111", "call me maybe", "〒231-8588", "++81"}) {
    INFO(number);
    CHECK_FALSE(IsPhoneNumber(number));
  }
}

}  // namespace
}  // namespace oshirase::registry
