// The only precision in which a number of visits or people leaves the server before it is sent.
#pragma once

#include <cstdint>

namespace oshirase::notifier {

enum class Bucket { k0To9, k10To49, k50To199, k200To999, k1000To4999, k5000OrMore };

constexpr Bucket BucketOf(int64_t count) {
  if (count < 10) return Bucket::k0To9;
  if (count < 50) return Bucket::k10To49;
  if (count < 200) return Bucket::k50To199;
  if (count < 1000) return Bucket::k200To999;
  if (count < 5000) return Bucket::k1000To4999;
  return Bucket::k5000OrMore;
}

}  // namespace oshirase::notifier
