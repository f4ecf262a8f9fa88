// Bundles on disk. Each file loses its name as soon as it is open, so that nothing is left behind,
// whatever becomes of the process.
#pragma once

#include <memory>
#include <string>

#include "services/registry/domain/bundle_file.h"

namespace oshirase::registry {

// Thread-safe.
class TempBundleFiles final : public BundleFiles {
 public:
  // Files are made in `directory`, which must be on a disk with room for them.
  explicit TempBundleFiles(std::string directory) : directory_(std::move(directory)) {}

  absl::StatusOr<std::unique_ptr<BundleWriter>> Create(BundleFormat format) override;

 private:
  const std::string directory_;
};

}  // namespace oshirase::registry
