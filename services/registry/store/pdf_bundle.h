// Writes a bundle as one PDF. A single part stays as it was drawn, structure for screen readers
// included; several are joined page by page, which is for printing only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/registry/domain/bundle_file.h"
#include "services/registry/store/open_file.h"

namespace oshirase::registry {

// Not thread-safe.
class PdfBundle final : public BundleWriter {
 public:
  // Parts wait in `directory`, the whole goes to `file`.
  PdfBundle(std::string directory, std::unique_ptr<OpenFile> file)
      : directory_(std::move(directory)), file_(std::move(file)) {}

  absl::Status Add(const std::string& name, const std::string& pdf) override;
  absl::StatusOr<std::shared_ptr<const BundleFile>> Finish() override;

 private:
  const std::string directory_;
  std::unique_ptr<OpenFile> file_;
  std::vector<std::unique_ptr<OpenFile>> parts_;
};

}  // namespace oshirase::registry
