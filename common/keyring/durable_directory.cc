// The order matters: content to disk (fsync), then its name (link or rename), then the directory
// (fsync), else a power cut leaves a name without content or forgets the name. link() refuses a
// name that is taken, rename() does not.
#include "common/keyring/durable_directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "common/ids/uuid.h"
#include "common/keyring/errors.h"
#include "common/status/macros.h"

namespace oshirase::keyring {
namespace {

constexpr size_t kMaxContent = 4096;
// A file in the making: ".<name>.<uuid>.new".
constexpr std::string_view kUnfinished = ".new";
constexpr size_t kUnfinishedTail = 1 + 36 + kUnfinished.size();

std::error_code LastError() { return {errno, std::generic_category()}; }

// The name that an unfinished file was to get, or "" for other files.
std::string NameOfUnfinished(std::string_view file) {
  if (file.size() <= 1 + kUnfinishedTail || file.front() != '.' || !file.ends_with(kUnfinished)) {
    return "";
  }
  return std::string(file.substr(1, file.size() - 1 - kUnfinishedTail));
}

bool WriteAll(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

class FileHandle {
 public:
  explicit FileHandle(int file) : file_(file) {}
  ~FileHandle() {
    if (file_ >= 0) close(file_);
  }
  FileHandle(FileHandle&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  FileHandle(const FileHandle&) = delete;
  FileHandle& operator=(const FileHandle&) = delete;
  FileHandle& operator=(FileHandle&&) = delete;

  bool ok() const { return file_ >= 0; }
  int get() const { return file_; }

 private:
  int file_;
};

}  // namespace

// The opened directory.
class DurableDirectory::Handle {
 public:
  Handle(const std::string& path, FileHandle directory)
      : path_(path), directory_(std::move(directory)) {}

  int get() const { return directory_.get(); }

  absl::Status Failed(const char* action, std::error_code error = LastError()) const {
    return KeyStoreUnavailable("cannot " + std::string(action) + " in " + path_ + ": " +
                               error.message());
  }

  absl::Status Sync() const {
    return fsync(get()) == 0 ? absl::OkStatus() : Failed("sync the directory");
  }

  // Writes `content` to a new unfinished file and returns its name.
  absl::StatusOr<std::string> WriteUnfinished(const std::string& name,
                                              const std::string& content) const {
    std::string file_name = "." + name + "." + ids::NewUuid() + std::string(kUnfinished);
    const FileHandle file(openat(get(), file_name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                                 S_IRUSR | S_IWUSR));
    if (!file.ok()) return Failed("create a file");
    if (!WriteAll(file.get(), content) || fsync(file.get()) != 0) {
      const absl::Status failure = Failed("write a file");
      unlinkat(get(), file_name.c_str(), 0);
      return failure;
    }
    return file_name;
  }

  // Zeros over the content first: a file system that writes in place then has nothing left to find.
  absl::Status Remove(const std::string& file_name) const {
    const FileHandle file(openat(get(), file_name.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file.ok() && errno == ENOENT) return absl::OkStatus();
    struct stat info {};
    if (file.ok() && fstat(file.get(), &info) == 0) {
      const auto size = static_cast<size_t>(info.st_size);
      if (!WriteAll(file.get(), std::string(size, '\0')) || fsync(file.get()) != 0) {
        return Failed("overwrite a file");
      }
    }
    if (unlinkat(get(), file_name.c_str(), 0) != 0 && errno != ENOENT)
      return Failed("remove a file");
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<std::string>> Files() const {
    std::vector<std::string> files;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(path_, error), end; !error && entry != end;
         entry.increment(error)) {
      files.push_back(entry->path().filename());
    }
    if (error) return Failed("list files", error);
    return files;
  }

 private:
  const std::string& path_;
  FileHandle directory_;
};

absl::StatusOr<DurableDirectory::Handle> DurableDirectory::Open() const {
  Handle handle(path_, FileHandle(open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
  if (handle.get() < 0) return handle.Failed("open the directory");
  return handle;
}

absl::Status DurableDirectory::CheckUsable() const {
  struct stat info {};
  if (stat(path_.c_str(), &info) != 0) {
    return KeyringDirectoryUnusable(path_ + ": " + LastError().message());
  }
  if (!S_ISDIR(info.st_mode)) return KeyringDirectoryUnusable(path_ + ": not a directory");
  if (access(path_.c_str(), R_OK | W_OK | X_OK) != 0) {
    return KeyringDirectoryUnusable(path_ + ": " + LastError().message());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> DurableDirectory::Read(const std::string& name) const {
  ASSIGN_OR_RETURN(const Handle directory, Open());
  const FileHandle file(openat(directory.get(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.ok() && errno == ENOENT) return absl::NotFoundError("no such file");
  if (!file.ok()) return directory.Failed("open a file");
  std::array<char, kMaxContent> buffer;
  const ssize_t size = read(file.get(), buffer.data(), buffer.size());
  if (size < 0) return directory.Failed("read a file");
  return std::string(buffer.data(), static_cast<size_t>(size));
}

absl::StatusOr<bool> DurableDirectory::Create(const std::string& name,
                                              const std::string& content) const {
  ASSIGN_OR_RETURN(const Handle directory, Open());
  ASSIGN_OR_RETURN(const std::string unfinished, directory.WriteUnfinished(name, content));
  const bool made =
      linkat(directory.get(), unfinished.c_str(), directory.get(), name.c_str(), 0) == 0;
  const absl::Status linked =
      made || errno == EEXIST ? absl::OkStatus() : directory.Failed("link a file");
  unlinkat(directory.get(), unfinished.c_str(), 0);  // what stays behind, Erase() removes
  RETURN_IF_ERROR(linked);
  RETURN_IF_ERROR(directory.Sync());  // also when another made it: it may not have synced yet
  return made;
}

absl::Status DurableDirectory::Replace(const std::string& name, const std::string& content) const {
  ASSIGN_OR_RETURN(const Handle directory, Open());
  ASSIGN_OR_RETURN(const std::string unfinished, directory.WriteUnfinished(name, content));
  if (renameat(directory.get(), unfinished.c_str(), directory.get(), name.c_str()) != 0) {
    return directory.Failed("rename a file");
  }
  return directory.Sync();
}

absl::Status DurableDirectory::Erase(const std::string& name) const {
  ASSIGN_OR_RETURN(const Handle directory, Open());
  RETURN_IF_ERROR(directory.Remove(name));
  ASSIGN_OR_RETURN(const std::vector<std::string> files, directory.Files());
  for (const std::string& file : files) {
    if (file == name || NameOfUnfinished(file) == name) RETURN_IF_ERROR(directory.Remove(file));
  }
  return directory.Sync();
}

absl::StatusOr<std::vector<std::string>> DurableDirectory::Names() const {
  ASSIGN_OR_RETURN(const Handle directory, Open());
  ASSIGN_OR_RETURN(std::vector<std::string> names, directory.Files());
  for (std::string& name : names) {
    if (const std::string final_name = NameOfUnfinished(name); !final_name.empty()) {
      name = final_name;
    }
  }
  return names;
}

}  // namespace oshirase::keyring
