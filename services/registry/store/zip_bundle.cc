#include "services/registry/store/zip_bundle.h"

#include <archive.h>
#include <archive_entry.h>

#include <utility>

namespace oshirase::registry {
namespace {

absl::Status NotWritten() { return absl::ResourceExhaustedError("a ZIP cannot be written"); }

}  // namespace

absl::StatusOr<std::unique_ptr<BundleWriter>> ZipBundle::Open(std::unique_ptr<OpenFile> file) {
  archive* const writer = archive_write_new();
  if (writer == nullptr) return absl::InternalError("libarchive does not work");
  const int descriptor = file->descriptor();
  std::unique_ptr<ZipBundle> bundle(new ZipBundle(std::move(file), writer));
  // What is inside is compressed already.
  if (archive_write_set_format_zip(writer) != ARCHIVE_OK ||
      archive_write_zip_set_compression_store(writer) != ARCHIVE_OK ||
      archive_write_open_fd(writer, descriptor) != ARCHIVE_OK) {
    return absl::InternalError("libarchive does not work");
  }
  return bundle;
}

ZipBundle::~ZipBundle() { archive_write_free(archive_); }

absl::Status ZipBundle::Add(const std::string& name, const std::string& pdf) {
  archive_entry* const entry = archive_entry_new();
  if (entry == nullptr) return NotWritten();
  archive_entry_set_pathname(entry, name.c_str());
  archive_entry_set_size(entry, static_cast<int64_t>(pdf.size()));
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  const bool written =
      archive_write_header(archive_, entry) == ARCHIVE_OK &&
      archive_write_data(archive_, pdf.data(), pdf.size()) == static_cast<ssize_t>(pdf.size());
  archive_entry_free(entry);
  return written ? absl::OkStatus() : NotWritten();
}

absl::StatusOr<std::shared_ptr<const BundleFile>> ZipBundle::Finish() {
  if (archive_write_close(archive_) != ARCHIVE_OK) return NotWritten();
  return std::shared_ptr<const BundleFile>(std::move(file_));
}

}  // namespace oshirase::registry
