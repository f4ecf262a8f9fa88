// Reads a process's configuration from its environment, and reports everything that is wrong with
// it at once. Only a service's config.cc uses this; nothing else reads the environment.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace oshirase {

// The value of a variable, or nothing when it is not set. Tests pass a map's lookup.
using Env = std::function<std::optional<std::string>(const std::string& name)>;

// The real environment.
Env ProcessEnv();

// Limits of a number, both included.
struct IntRange {
  int64_t min = 0;
  int64_t max = 0;
  // What an unset variable means; without a value the variable is required.
  std::optional<int64_t> default_value = {};
};

// Reads variables one by one. A reader never fails at once: a wrong variable is noted, a harmless
// value is returned, and Finish() tells every problem. An empty variable counts as not set. No
// problem repeats the value of a secret.
//
// Not thread-safe.
class EnvReader {
 public:
  explicit EnvReader(Env env);

  // The text of a variable that must be set, or "" with a problem.
  std::string Required(const std::string& name);

  // The text of a variable, or `default_value`.
  std::string Optional(const std::string& name, const std::string& default_value);

  // A whole decimal number within `range`.
  int64_t Int(const std::string& name, const IntRange& range);

  // A number within `range`, in units of `unit` (the variable's name says which: _MS, _SECONDS).
  absl::Duration Duration(const std::string& name, absl::Duration unit, const IntRange& range);

  // A switch: "1" is on; "0" or not set is off.
  bool Flag(const std::string& name);

  // One of `choices`; the first is the default.
  std::string OneOf(const std::string& name, const std::vector<std::string>& choices);

  // The parts of a required list, without empty ones.
  std::vector<std::string> List(const std::string& name, char separator);

  // The required path of a regular file this process can read.
  std::string ReadableFile(const std::string& name);

  // The required path of a directory this process can enter and write.
  std::string WritableDirectory(const std::string& name);

  // The content of a secret file, without white space at its ends: 1 to 64 KiB. A file that
  // everybody may read is a problem: such a secret is none.
  std::string SecretFile(const std::string& name);

  // The key in a secret file: `size` raw bytes, or 2 * `size` hexadecimal digits (white space at
  // the end allowed).
  std::string SecretKey(const std::string& name, size_t size);

  // The required "host:port" of a neighbour, or several IP addresses with ports separated by
  // commas, as ChannelOptions::address takes it. Ports are 1 to 65535; IPv6 is written "[::1]:443".
  std::string PeerAddress(const std::string& name);

  // The required "host:port" to listen on, with port 0 for any free one. A port that is taken is a
  // problem, so that it is reported along with the others.
  std::string ListenAddress(const std::string& name);

  // An http or https URL without user, query or trailing slash; `default_value` "" means required.
  std::string HttpUrl(const std::string& name, const std::string& default_value);

  // OSHIRASE_CLOCK_OFFSET, seconds by which this process's clock is moved; 0 when not set. A
  // problem unless every one of `listeners` ("host:port", "unix:..." or a path) is out of reach of
  // other machines. Log a warning when it is not zero.
  absl::Duration ClockOffset(const std::vector<std::string>& listeners);

  // Notes a problem found by the caller. `text` must not hold a secret.
  void AddProblem(const std::string& name, const std::string& text);

  // OK, or one status with every problem, as BadConfiguration() makes it.
  absl::Status Finish() const;

 private:
  std::optional<std::string> Get(const std::string& name) const;
  std::string ReadSecret(const std::string& name);

  Env env_;
  std::vector<std::string> problems_;
};

}  // namespace oshirase
