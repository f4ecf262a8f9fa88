// The files an officer names: read whole up to a limit, and written whole or not at all.
#pragma once

#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace oshirase::authority {

// The bytes of a file; "-" is the standard input. Returns WRONG_USE when it cannot be read or has
// more than `max_bytes`.
absl::StatusOr<std::string> ReadInput(const std::string& path, size_t max_bytes);

// A file that appears under its name only when it is complete, readable by its owner alone: what
// the register holds is personal. Dropped unless Finish() was called. Not thread-safe.
class OutputFile {
 public:
  // Returns WRONG_USE when it cannot be created there.
  static absl::StatusOr<OutputFile> Create(const std::string& path);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  // Both return UNAVAILABLE when the disk takes no more.
  absl::Status Write(const std::string& bytes);
  absl::Status Finish();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  OutputFile(std::string path, std::string temporary, std::FILE* file);

  std::string path_;
  std::string temporary_;  // Empty once it is finished or moved from.
  std::unique_ptr<std::FILE, Close> file_;
};

// Writes one file whole.
absl::Status WriteOutput(const std::string& path, const std::string& bytes);

}  // namespace oshirase::authority
