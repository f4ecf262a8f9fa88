#include "services/registry/store/pdf_bundle.h"

#include <unistd.h>

#include <cstdio>
#include <exception>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <utility>

#include "common/status/macros.h"

namespace oshirase::registry {
namespace {

// qpdf reads and writes FILEs; each gets a descriptor of its own, which it closes.
FILE* FileOf(const OpenFile& file, const char* mode) {
  const int descriptor = dup(file.descriptor());
  return descriptor < 0 ? nullptr : fdopen(descriptor, mode);
}

// Throws what qpdf throws.
void Join(const std::vector<std::unique_ptr<OpenFile>>& parts, const OpenFile& whole) {
  QPDF joined;
  joined.emptyPDF();
  QPDFPageDocumentHelper pages(joined);
  // qpdf reads the pages' content when it writes, so the parts must live until then.
  std::vector<std::unique_ptr<QPDF>> sources;
  for (const auto& part : parts) {
    auto& source = sources.emplace_back(std::make_unique<QPDF>());
    source->setSuppressWarnings(true);  // they would go to stderr
    source->processFile("part of a bundle", FileOf(*part, "rb"), true);
    for (auto& page : QPDFPageDocumentHelper(*source).getAllPages()) pages.addPage(page, false);
  }
  QPDFWriter writer(joined);
  writer.setOutputFile("bundle", FileOf(whole, "r+b"), true);
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.setDeterministicID(true);
  writer.write();
}

}  // namespace

absl::Status PdfBundle::Add(const std::string& /*name*/, const std::string& pdf) {
  ASSIGN_OR_RETURN(auto part, OpenFile::Create(directory_));
  RETURN_IF_ERROR(part->Write(pdf));
  parts_.push_back(std::move(part));
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const BundleFile>> PdfBundle::Finish() {
  if (parts_.size() == 1) return std::shared_ptr<const BundleFile>(std::move(parts_.front()));
  try {
    Join(parts_, *file_);
  } catch (const std::exception&) {
    return absl::InternalError("the parts of a bundle cannot be joined");
  }
  parts_.clear();
  return std::shared_ptr<const BundleFile>(std::move(file_));
}

}  // namespace oshirase::registry
