// The day's tags: what lets checkin recognise a redelivered event and count a person's visits of a
// day, without learning the event or the person. They mean nothing once the tag key T_d is gone.
//
// tag = first 16 bytes of HMAC-SHA256(T_d, letter ‖ input).
#pragma once

#include <sodium.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "common/crypto/secret.h"
#include "common/ids/line_user_id.h"

namespace oshirase::crypto {

using Tag = std::array<uint8_t, 16>;

// Makes the tags of one day. Keeps the keyed state (0.4 µs a tag instead of 1.2) and wipes it when
// destroyed. Thread-safe.
class DayTags {
 public:
  explicit DayTags(const SecretKey& tag_key);
  ~DayTags();
  DayTags(const DayTags&) = delete;
  DayTags& operator=(const DayTags&) = delete;

  // "v" ‖ webhookEventId: names the row of a visit; the same event finds its own row again.
  Tag VisitId(std::string_view webhook_event_id) const;
  // "p" ‖ user id, 16 bytes: whose visits the cap of a day counts.
  Tag PersonTag(const ids::LineUserId& user_id) const;
  // "c" ‖ webhookEventId: which event the cap has counted already. Unlike VisitId on purpose, so
  // that the counter cannot be joined with the rows.
  Tag EventTag(std::string_view webhook_event_id) const;

 private:
  Tag Make(char letter, std::string_view input) const;

  crypto_auth_hmacsha256_state keyed_state_;
};

}  // namespace oshirase::crypto
