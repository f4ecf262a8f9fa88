// Small files in one directory that survive a power cut, or never were: a name appears whole and
// durable, at once, and disappears for good.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace oshirase::keyring {

// Names are plain file names that begin with a letter. Thread-safe, and safe among processes. The
// path is looked up anew by every call, so a disk may be mounted again in between. Errors of the
// system, a missing directory among them, are UNAVAILABLE, reason KEY_STORE_UNAVAILABLE.
class DurableDirectory {
 public:
  explicit DurableDirectory(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }

  // Returns INVALID_ARGUMENT, reason KEYRING_DIRECTORY_UNUSABLE, when it is no directory in which
  // files can be made.
  absl::Status CheckUsable() const;

  // The content of `name`; NOT_FOUND when there is none. Reads 4 KiB at most.
  absl::StatusOr<std::string> Read(const std::string& name) const;

  // Makes `name` with `content`, mode 0600, unless it exists. True when this call made it. Either
  // way the name is durable on return.
  absl::StatusOr<bool> Create(const std::string& name, const std::string& content) const;

  // Puts `content` in the place of what `name` was, or was not.
  absl::Status Replace(const std::string& name, const std::string& content) const;

  // Overwrites and removes `name` and what crashed calls of Create and Replace left of it. OK when
  // nothing of it is left, also when there never was.
  absl::Status Erase(const std::string& name) const;

  // All names, those included of which only a crash's leftovers exist; unsorted, may repeat.
  absl::StatusOr<std::vector<std::string>> Names() const;

 private:
  class Handle;

  absl::StatusOr<Handle> Open() const;

  std::string path_;
};

}  // namespace oshirase::keyring
