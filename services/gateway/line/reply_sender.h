// Sends replies to what people wrote, on a best effort: a reply is tried once, never becomes a
// push, and nobody waits for it.
#pragma once

#include <string>

namespace oshirase::gateway {

struct Reply {
  // LINE's one-time token; never logged.
  std::string token;
  // One text message.
  std::string text;
  // Of the webhook it answers.
  std::string request_id;
};

// Thread-safe.
class ReplySender {
 public:
  virtual ~ReplySender() = default;

  // Takes a reply to send soon; drops it when too many wait, or when its token was tried before.
  // Never blocks.
  virtual void Send(Reply reply) = 0;
};

}  // namespace oshirase::gateway
