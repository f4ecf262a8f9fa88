// An open file without a name.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/registry/domain/bundle_file.h"

namespace oshirase::registry {

// Owns a descriptor. Reading is thread-safe.
class OpenFile final : public BundleFile {
 public:
  // A new, empty file in `directory`. Returns RESOURCE_EXHAUSTED when there is no room.
  static absl::StatusOr<std::unique_ptr<OpenFile>> Create(const std::string& directory);

  ~OpenFile() override;
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  int descriptor() const { return descriptor_; }

  // Appends; returns RESOURCE_EXHAUSTED when the disk is full.
  absl::Status Write(const std::string& bytes);

  int64_t size() const override;
  absl::StatusOr<std::string> Read(int64_t offset, size_t max) const override;

 private:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}

  const int descriptor_;
};

}  // namespace oshirase::registry
