// BundleFiles in memory: a file is what was added to it, one after the other.
#pragma once

#include <memory>
#include <string>

#include "services/registry/domain/bundle_file.h"
#include "services/registry/testing/fake_register.h"

namespace oshirase::registry {

// Thread-safe.
class FakeBundleFiles final : public BundleFiles {
 public:
  // The next call returns `status`. Several queue up.
  void FailNext(absl::Status status) { failures_.Push(std::move(status)); }

  absl::StatusOr<std::unique_ptr<BundleWriter>> Create(BundleFormat format) override;

 private:
  FailureQueue failures_;
};

}  // namespace oshirase::registry
