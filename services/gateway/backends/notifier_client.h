// What the gateway needs of the notifier: the keys of the open days, and a durable note of who
// follows the account.
#pragma once

#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/client/call_context.h"
#include "common/crypto/secret.h"
#include "common/ids/line_user_id.h"
#include "common/time/japan_time.h"

namespace oshirase::gateway {

struct DayKeyMaterial {
  Day day;
  crypto::SecretKey inner_key;
  crypto::SecretKey tag_key;
};

struct FollowChange {
  ids::LineUserId user_id;
  // When it happened at LINE; the newer change wins, in whatever order they come.
  absl::Time time;
  bool following = false;
};

// Thread-safe.
class NotifierClient {
 public:
  using Done = std::function<void(absl::Status)>;

  virtual ~NotifierClient() = default;

  // The keys of those of `days` (1 to 4) that are open and not lost. Returns UNAVAILABLE or
  // DEADLINE_EXCEEDED when there was no answer.
  virtual absl::StatusOr<std::vector<DayKeyMaterial>> GetDayKeys(const std::vector<Day>& days,
                                                                 const CallContext& call) = 0;

  // Notes a change. Idempotent. Calls `done` once, from any thread, maybe before returning: with OK
  // when it is durable, with UNAVAILABLE or DEADLINE_EXCEEDED when that is not known.
  virtual void RecordFollowChange(const FollowChange& change, const CallContext& call,
                                  Done done) = 0;
};

}  // namespace oshirase::gateway
