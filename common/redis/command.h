// Commands to send to Redis: single ones, scripts, and pipelines of both.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace oshirase::redis {

// A command and its arguments; they may hold any bytes.
using Command = std::vector<std::string>;

// A Lua script and the SHA-1 by which the server knows it. Immutable; make one per script and keep
// it as long as pipelines that use it.
class Script {
 public:
  explicit Script(std::string text);

  const std::string& text() const { return text_; }
  const std::string& sha1() const { return sha1_; }

 private:
  std::string text_;
  std::string sha1_;
};

struct ScriptCall {
  std::vector<std::string> keys;
  std::vector<std::string> args;
};

// Commands sent together, and answered together, in order. Not a transaction: others' commands may
// come between, and when the connection breaks a prefix may have been carried out. At most some
// 10,000 commands: all answers are held in memory.
class Pipeline {
 public:
  void Add(Command command);

  // Runs `script` (not copied) at this place of the pipeline. Should the server have forgotten the
  // script, this call alone is repeated after the rest of the pipeline.
  void Add(const Script& script, ScriptCall call);

  size_t size() const { return steps_.size(); }
  bool empty() const { return steps_.empty(); }
  void Clear() { steps_.clear(); }

 private:
  friend class Connection;

  struct Step {
    Command command;                 // complete; for a script, its EVALSHA form
    const Script* script = nullptr;  // null unless a script
  };

  std::vector<Step> steps_;
};

}  // namespace oshirase::redis
