#include "tools/authority/files.h"

#include <stdlib.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "tools/authority/wrong_use.h"

namespace oshirase::authority {
namespace {

absl::Status CannotWrite(const std::string& path) {
  return absl::UnavailableError(absl::StrCat("ファイルに書けません: ", path));
}

absl::StatusOr<std::string> ReadAll(std::istream& stream, const std::string& path,
                                    size_t max_bytes) {
  // One byte more, to see that there is more.
  std::string bytes(max_bytes + 1, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  const auto size = static_cast<size_t>(stream.gcount());
  if (stream.bad() || (size == 0 && !stream.eof())) {
    return WrongUse(absl::StrCat("ファイルを読めません: ", path));
  }
  if (size > max_bytes) {
    return WrongUse(absl::StrCat("ファイルが大きすぎます（", max_bytes, " バイトまで）: ", path));
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

absl::StatusOr<std::string> ReadInput(const std::string& path, size_t max_bytes) {
  if (path == "-") return ReadAll(std::cin, path, max_bytes);
  std::ifstream file(path, std::ios::binary);
  if (!file) return WrongUse(absl::StrCat("ファイルを読めません: ", path));
  return ReadAll(file, path, max_bytes);
}

OutputFile::OutputFile(std::string path, std::string temporary, std::FILE* file)
    : path_(std::move(path)), temporary_(std::move(temporary)), file_(file) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, "")),
      file_(std::move(other.file_)) {}

OutputFile::~OutputFile() {
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

absl::StatusOr<OutputFile> OutputFile::Create(const std::string& path) {
  std::string temporary = absl::StrCat(path, ".XXXXXX");
  const int descriptor = mkstemp(temporary.data());  // 0600
  if (descriptor < 0) return WrongUse(absl::StrCat("ファイルを作れません: ", path));
  std::FILE* file = fdopen(descriptor, "wb");
  if (file == nullptr) {
    close(descriptor);
    unlink(temporary.c_str());
    return CannotWrite(path);
  }
  return OutputFile(path, std::move(temporary), file);
}

absl::Status OutputFile::Write(const std::string& bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) {
    return CannotWrite(path_);
  }
  return absl::OkStatus();
}

absl::Status OutputFile::Finish() {
  const bool written = std::fflush(file_.get()) == 0 && fsync(fileno(file_.get())) == 0;
  if (!written || std::rename(temporary_.c_str(), path_.c_str()) != 0) return CannotWrite(path_);
  temporary_.clear();
  return absl::OkStatus();
}

absl::Status WriteOutput(const std::string& path, const std::string& bytes) {
  ASSIGN_OR_RETURN(auto file, OutputFile::Create(path));
  RETURN_IF_ERROR(file.Write(bytes));
  return file.Finish();
}

}  // namespace oshirase::authority
