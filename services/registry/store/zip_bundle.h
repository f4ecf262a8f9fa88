// Writes a bundle as a ZIP, one file after the other: it never holds more than one of them in
// memory.
#pragma once

#include <memory>
#include <string>

#include "services/registry/domain/bundle_file.h"
#include "services/registry/store/open_file.h"

struct archive;

namespace oshirase::registry {

// Not thread-safe.
class ZipBundle final : public BundleWriter {
 public:
  // Returns INTERNAL when libarchive does not work.
  static absl::StatusOr<std::unique_ptr<BundleWriter>> Open(std::unique_ptr<OpenFile> file);

  ~ZipBundle() override;

  absl::Status Add(const std::string& name, const std::string& pdf) override;
  absl::StatusOr<std::shared_ptr<const BundleFile>> Finish() override;

 private:
  ZipBundle(std::unique_ptr<OpenFile> file, archive* archive)
      : file_(std::move(file)), archive_(archive) {}

  std::unique_ptr<OpenFile> file_;
  archive* const archive_;
};

}  // namespace oshirase::registry
