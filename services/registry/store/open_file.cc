#include "services/registry/store/open_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "absl/status/status.h"

namespace oshirase::registry {
namespace {

absl::Status NoRoom() { return absl::ResourceExhaustedError("no room for a bundle's file"); }

}  // namespace

absl::StatusOr<std::unique_ptr<OpenFile>> OpenFile::Create(const std::string& directory) {
  std::string path = directory + "/bundle-XXXXXX";
  const int descriptor = mkostemp(path.data(), O_CLOEXEC);
  if (descriptor < 0) return NoRoom();
  unlink(path.c_str());
  return std::unique_ptr<OpenFile>(new OpenFile(descriptor));
}

OpenFile::~OpenFile() { close(descriptor_); }

absl::Status OpenFile::Write(const std::string& bytes) {
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t written = write(descriptor_, bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return NoRoom();
    done += static_cast<size_t>(written);
  }
  return absl::OkStatus();
}

int64_t OpenFile::size() const {
  struct stat status {};
  return fstat(descriptor_, &status) == 0 ? status.st_size : 0;
}

absl::StatusOr<std::string> OpenFile::Read(int64_t offset, size_t max) const {
  std::string bytes(max, '\0');
  ssize_t count = 0;
  do {
    count = pread(descriptor_, bytes.data(), max, offset);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return absl::InternalError("a bundle's file cannot be read");
  bytes.resize(static_cast<size_t>(count));
  return bytes;
}

}  // namespace oshirase::registry
