// The inner lock: who was there and when, sealed by the gateway under the notifier's day key, so
// that checkin stores what it cannot read.
//
// Layout, 74 bytes: version 1 ‖ nonce 24 ‖ XChaCha20-Poly1305(plain) with 16 bytes of tag.
//   plain, 33 bytes: LINE user id 16 ‖ scan time, Unix milliseconds, int64 big endian ‖ end time,
//     likewise, 0 for none ‖ flags 1
//   additional data, 21 bytes: version 1 ‖ day, int32 big endian ‖ venue id 16
// So a blob opens only for the day and the venue it was sealed for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/secret.h"
#include "common/ids/line_user_id.h"
#include "common/ids/uuid.h"
#include "common/time/japan_time.h"

namespace oshirase::crypto {

inline constexpr size_t kInnerSealSize = 74;

// What a blob is tied to.
struct InnerContext {
  Day day{};
  ids::UuidBytes venue_id{};
};

// What a blob holds. Times have milliseconds; finer parts are cut off.
struct InnerVisit {
  ids::LineUserId user_id;
  absl::Time scan_time;
  std::optional<absl::Time> end_time;  // set by "I left"
  uint8_t flags = 0;                   // none is defined yet; unknown ones are kept

  friend bool operator==(const InnerVisit&, const InnerVisit&) = default;
};

// Seals with a fresh random nonce: sealing twice gives two different blobs. Thread-safe.
std::string SealInner(const SecretKey& day_key, const InnerContext& context,
                      const InnerVisit& visit);

// Opens what SealInner made. Thread-safe.
// Returns INVALID_ARGUMENT, reason SEAL_MALFORMED, when size or version are wrong, and DATA_LOSS,
// reason SEAL_DOES_NOT_OPEN, when key, day or venue are others or a bit has changed.
absl::StatusOr<InnerVisit> OpenInner(const SecretKey& day_key, const InnerContext& context,
                                     std::string_view blob);

}  // namespace oshirase::crypto
