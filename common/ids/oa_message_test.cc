#include "common/ids/oa_message.h"

#include <catch2/catch.hpp>

namespace oshirase::ids {
namespace {

TEST_CASE("the address in a QR opens the account's chat with the code typed in groups of four") {
  CHECK(OaMessageUrl("@oshirase", {"0123456789ABCDEFG"}) ==
        "https://line.me/R/oaMessage/%40oshirase/?%E6%9D%A5%E5%BA%97%20"
        "0123-4567-89AB-CDEF-G");
}

}  // namespace
}  // namespace oshirase::ids
