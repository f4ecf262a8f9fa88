#include "services/registry/store/bundle_files.h"

#include "common/status/macros.h"
#include "services/registry/store/open_file.h"
#include "services/registry/store/pdf_bundle.h"
#include "services/registry/store/zip_bundle.h"

namespace oshirase::registry {

absl::StatusOr<std::unique_ptr<BundleWriter>> TempBundleFiles::Create(BundleFormat format) {
  ASSIGN_OR_RETURN(auto file, OpenFile::Create(directory_));
  if (format == BundleFormat::kZip) return ZipBundle::Open(std::move(file));
  return std::make_unique<PdfBundle>(directory_, std::move(file));
}

}  // namespace oshirase::registry
