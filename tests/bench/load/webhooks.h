// Webhooks as LINE sends them, each different and signed, made before the clock starts so that
// making them costs the measurement nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace oshirase::bench {

struct WebhookOptions {
  // The Host header.
  std::string host;
  std::string channel_secret;
  // The `destination` of every body.
  std::string bot_user_id;
  // At least one.
  std::vector<std::string> venue_codes;
  // How unequal the venues are: the n-th busiest gets a share proportional to n^-skew; 0: all
  // alike.
  double skew = 0.8;
  // The share of webhooks that go to the first venue on top of that, 0 to 1.
  double hot_share = 0;
  // Takes the venues one after the other instead of drawing them.
  bool sweep = false;
  // How many people there are. They are the same for every seed.
  uint64_t people = 1'000'000;
  // Different seeds give different events.
  uint64_t seed = 0;
  // When the events happened, and with that the first half of their ids.
  absl::Time time;
};

// Whole HTTP requests, one event each: a text message with a venue code. The event has no reply
// token (`replyToken` is left out): what answers it has nothing to reply to.
class Webhooks {
 public:
  Webhooks(const WebhookOptions& options, size_t count);

  size_t size() const { return ends_.size(); }
  std::string_view operator[](size_t index) const;

 private:
  std::string bytes_;
  std::vector<size_t> ends_;
};

// The Base64 of the HMAC-SHA256 of `body`, as the header x-line-signature holds it.
std::string LineSignature(const std::string& channel_secret, std::string_view body);

}  // namespace oshirase::bench
