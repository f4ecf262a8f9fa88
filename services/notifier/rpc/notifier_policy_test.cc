#include "services/notifier/rpc/notifier_policy.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "services/notifier/rpc/notifier_service.h"

namespace oshirase::notifier {
namespace {

TEST_CASE("every compiled method has a row in the access policy, and every row a method") {
  CHECK(MethodsWithoutRow(NotifierPolicy(), "oshirase.notifier.").empty());
  const auto compiled = CompiledMethods("oshirase.notifier.");
  for (const std::string& method : NotifierPolicy().methods()) {
    if (method.rfind("/oshirase.notifier.", 0) != 0) continue;  // health is everybody's
    CAPTURE(method);
    CHECK(std::find(compiled.begin(), compiled.end(), method) != compiled.end());
  }
}

}  // namespace
}  // namespace oshirase::notifier
