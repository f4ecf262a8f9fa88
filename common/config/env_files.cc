// The part of EnvReader that looks at files. A problem names the path: that is configuration, not a
// secret.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/config/env.h"

namespace oshirase {
namespace {

constexpr size_t kMaxSecretBytes = size_t{64} * 1024;

std::string ErrorText(int error) { return std::generic_category().message(error); }

absl::Status FileError(const std::string& path, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", what));
}

// A file open for reading, closed when it goes out of sight.
class File {
 public:
  explicit File(const std::string& path)
      : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (fd_ < 0) error_ = errno;
  }
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int fd() const { return fd_; }

  // OK, and the file's metadata in `info`, when it is open and a regular file.
  absl::Status Stat(const std::string& path, struct stat& info) const {
    if (fd_ < 0) return FileError(path, ErrorText(error_));
    if (fstat(fd_, &info) != 0 || !S_ISREG(info.st_mode)) return FileError(path, "is not a file");
    return absl::OkStatus();
  }

 private:
  int fd_;
  int error_ = 0;
};

absl::StatusOr<std::string> ReadPrivateFile(const std::string& path) {
  const File file(path);
  struct stat info {};
  if (auto status = file.Stat(path, info); !status.ok()) return status;
  if ((info.st_mode & S_IROTH) != 0) {
    return FileError(path, "everybody may read it; chmod o-r would keep the secret");
  }
  std::string content(kMaxSecretBytes + 1, '\0');
  size_t size = 0;
  while (size < content.size()) {
    const ssize_t got = read(file.fd(), content.data() + size, content.size() - size);
    if (got < 0) return FileError(path, ErrorText(errno));
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  if (size == 0) return FileError(path, "is empty");
  if (size > kMaxSecretBytes) return FileError(path, "is longer than 64 KiB");
  content.resize(size);
  return content;
}

}  // namespace

std::string EnvReader::ReadableFile(const std::string& name) {
  std::string path = Required(name);
  if (path.empty()) return path;
  struct stat info {};
  if (const auto status = File(path).Stat(path, info); !status.ok()) {
    AddProblem(name, std::string(status.message()));
  }
  return path;
}

std::string EnvReader::WritableDirectory(const std::string& name) {
  std::string path = Required(name);
  if (path.empty()) return path;
  struct stat info {};
  if (stat(path.c_str(), &info) == 0 && !S_ISDIR(info.st_mode)) {
    AddProblem(name, absl::StrCat(path, ": is not a directory"));
  } else if (access(path.c_str(), R_OK | W_OK | X_OK) != 0) {
    AddProblem(name, absl::StrCat(path, ": ", ErrorText(errno)));
  }
  return path;
}

std::string EnvReader::ReadSecret(const std::string& name) {
  std::string path = Required(name);
  if (path.empty()) return "";
  auto content = ReadPrivateFile(path);
  if (!content.ok()) {
    AddProblem(name, std::string(content.status().message()));
    return "";
  }
  return *std::move(content);
}

std::string EnvReader::SecretFile(const std::string& name) {
  std::string content = ReadSecret(name);
  if (content.empty()) return content;
  absl::StripAsciiWhitespace(&content);
  if (content.empty()) AddProblem(name, "the file holds only white space");
  return content;
}

std::string EnvReader::SecretKey(const std::string& name, size_t size) {
  std::string content = ReadSecret(name);
  if (content.empty() || content.size() == size) return content;
  const absl::string_view digits = absl::StripTrailingAsciiWhitespace(content);
  if (digits.size() == 2 * size &&
      digits.find_first_not_of("0123456789abcdefABCDEF") == absl::string_view::npos) {
    return absl::HexStringToBytes(digits);
  }
  AddProblem(name, absl::StrCat("the file must hold ", size, " bytes or ", 2 * size,
                                " hexadecimal digits"));
  return "";
}

}  // namespace oshirase
