#include "services/registry/store/bundle_files.h"

#include <archive.h>
#include <archive_entry.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace oshirase::registry {
namespace {

struct Scene {
  Scene() { REQUIRE(mkdtemp(directory.data()) != nullptr); }
  ~Scene() { std::filesystem::remove_all(directory); }

  std::unique_ptr<BundleWriter> Create(BundleFormat format) {
    auto writer = TempBundleFiles(directory).Create(format);
    REQUIRE(writer.ok());
    return *std::move(writer);
  }

  std::string directory = "/tmp/oshirase-bundles-XXXXXX";
};

std::string Whole(BundleWriter& writer) {
  const auto file = writer.Finish();
  REQUIRE(file.ok());
  std::string bytes;
  while (bytes.size() < static_cast<size_t>((*file)->size())) {
    const auto chunk = (*file)->Read(static_cast<int64_t>(bytes.size()), 1000);
    REQUIRE(chunk.ok());
    bytes += *chunk;
  }
  return bytes;
}

// A PDF of so many empty pages.
std::string Pdf(int pages) {
  QPDF pdf;
  pdf.emptyPDF();
  for (int i = 0; i < pages; ++i) {
    QPDFPageDocumentHelper(pdf).addPage(
        QPDFObjectHandle::parse("<< /Type /Page /MediaBox [0 0 595 842] /Resources << >> >>"),
        false);
  }
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

size_t PagesOf(const std::string& bytes) {
  QPDF pdf;
  pdf.processMemoryFile("test", bytes.data(), bytes.size());
  return QPDFPageDocumentHelper(pdf).getAllPages().size();
}

std::map<std::string, std::string> FilesOf(const std::string& zip) {
  std::map<std::string, std::string> files;
  archive* const reader = archive_read_new();
  archive_read_support_format_zip(reader);
  REQUIRE(archive_read_open_memory(reader, zip.data(), zip.size()) == ARCHIVE_OK);
  archive_entry* entry = nullptr;
  while (archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
    std::string& content = files[archive_entry_pathname(entry)];
    char buffer[1000];
    for (ssize_t count = 0; (count = archive_read_data(reader, buffer, sizeof(buffer))) > 0;)
      content.append(buffer, static_cast<size_t>(count));
  }
  archive_read_free(reader);
  return files;
}

TEST_CASE("a ZIP gives back its files") {
  Scene scene;
  const auto writer = scene.Create(BundleFormat::kZip);
  const std::string large(100'000, 'x');
  REQUIRE(writer->Add("0001-poster-A.pdf", "one").ok());
  REQUIRE(writer->Add("0002-poster-B.pdf", large).ok());

  CHECK(FilesOf(Whole(*writer)) == std::map<std::string, std::string>{
                                       {"0001-poster-A.pdf", "one"}, {"0002-poster-B.pdf", large}});
}

TEST_CASE("a PDF of one part stays as it was drawn, byte by byte") {
  Scene scene;
  const auto writer = scene.Create(BundleFormat::kPdf);
  const std::string pdf = Pdf(2);
  REQUIRE(writer->Add("a", pdf).ok());

  CHECK(Whole(*writer) == pdf);
}

TEST_CASE("a PDF of several parts has the pages of all") {
  Scene scene;
  const auto writer = scene.Create(BundleFormat::kPdf);
  for (const int pages : {2, 1, 3}) REQUIRE(writer->Add("a", Pdf(pages)).ok());

  CHECK(PagesOf(Whole(*writer)) == 6);
}

TEST_CASE("what is no PDF cannot be joined") {
  Scene scene;
  const auto writer = scene.Create(BundleFormat::kPdf);
  REQUIRE(writer->Add("a", Pdf(1)).ok());
  REQUIRE(writer->Add("b", "no PDF").ok());

  CHECK(absl::IsInternal(writer->Finish().status()));
}

TEST_CASE("no file has a name, neither while it is written nor when it is finished") {
  Scene scene;
  for (const auto format : {BundleFormat::kPdf, BundleFormat::kZip}) {
    const auto writer = scene.Create(format);
    REQUIRE(writer->Add("a", Pdf(1)).ok());
    CHECK(std::filesystem::is_empty(scene.directory));
    const auto file = writer->Finish();
    CHECK(file.ok());
    CHECK(std::filesystem::is_empty(scene.directory));
  }
}

TEST_CASE("a directory that is none is told") {
  CHECK(absl::IsResourceExhausted(TempBundleFiles("/nowhere").Create(BundleFormat::kZip).status()));
}

}  // namespace
}  // namespace oshirase::registry
