#include "services/notifier/domain/pacer.h"

#include <catch2/catch.hpp>

namespace oshirase::notifier {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1000);

TEST_CASE("a burst goes at once, the rest at the rate") {
  Pacer pacer(10, 3, kStart);

  CHECK(pacer.Reserve(kStart) == absl::ZeroDuration());
  CHECK(pacer.Reserve(kStart) == absl::ZeroDuration());
  CHECK(pacer.Reserve(kStart) == absl::ZeroDuration());
  CHECK(pacer.Reserve(kStart) == absl::Milliseconds(100));
  CHECK(pacer.Reserve(kStart) == absl::Milliseconds(200));
}

TEST_CASE("in no second go more than the rate and a burst") {
  Pacer pacer(198, 20, kStart);
  int in_first_second = 0;
  for (int call = 0; call < 1000; ++call) {
    if (pacer.Reserve(kStart) < absl::Seconds(1)) ++in_first_second;
  }

  CHECK(in_first_second <= 198 + 20);
  CHECK(in_first_second >= 198);
}

TEST_CASE("a long rest earns no more than a burst") {
  Pacer pacer(10, 3, kStart);
  const absl::Time later = kStart + absl::Hours(1);

  for (int call = 0; call < 3; ++call) CHECK(pacer.Reserve(later) == absl::ZeroDuration());
  CHECK(pacer.Reserve(later) == absl::Milliseconds(100));
}

TEST_CASE("being held back holds everybody") {
  Pacer pacer(10, 3, kStart);
  pacer.HoldBack(kStart, absl::Seconds(2));

  CHECK(pacer.Reserve(kStart) == absl::Seconds(2));
  CHECK(pacer.Reserve(kStart) == absl::Seconds(2) + absl::Milliseconds(100));
}

}  // namespace
}  // namespace oshirase::notifier
