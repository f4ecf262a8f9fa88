// What a webhook body says, as far as this suite acts on it. LINE adds events, properties and
// values without notice, so whatever is unknown is kept as "ignored", never as an error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/ids/line_user_id.h"

namespace oshirase::gateway {

struct Event {
  enum class Kind {
    kText,      // A text message in a one-to-one chat; `text` is set.
    kFollow,    // Added as a friend, or unblocked.
    kUnfollow,  // Blocked.
    kIgnored,   // Anything else; only `reason` is set.
  };
  Kind kind = Kind::kIgnored;
  // Why it is ignored: a word for logs and metrics, never a value from the body.
  const char* reason = "";
  // LINE's id of the event, the same in every delivery of it. 1 to 64 bytes.
  std::string event_id;
  // When it happened, whenever it was delivered.
  absl::Time time;
  ids::LineUserId user_id;
  std::string text;
  // "" when no reply may be sent: LINE gave no token, or another system answers (standby).
  std::string reply_token;
};

struct Webhook {
  // The user id of the bot it is meant for; "" when absent.
  std::string destination;
  std::vector<Event> events;
};

// Reads a body whose signature has been found valid. Returns INVALID_ARGUMENT when it is not JSON,
// is nested deeper than any event LINE sends, or is not an object with a list of events (a missing
// list is an empty one). The message repeats nothing of the body.
absl::StatusOr<Webhook> ParseWebhook(std::string_view body);

}  // namespace oshirase::gateway
