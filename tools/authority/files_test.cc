#include "tools/authority/files.h"

#include <stdlib.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "common/status/errors.h"
#include "tests/support/status_matchers.h"

namespace oshirase::authority {
namespace {

class Folder {
 public:
  Folder() {
    std::string name = "/tmp/oshirase-files-XXXXXX";
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string At(const std::string& name) const { return path_ / name; }
  size_t Files() const {
    return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

TEST_CASE("what was written whole is read back, and only its owner can") {
  const Folder folder;

  REQUIRE(WriteOutput(folder.At("a"), std::string("x\0y", 3)).ok());

  const auto read = ReadInput(folder.At("a"), 3);
  REQUIRE(read.ok());
  CHECK(*read == std::string("x\0y", 3));
  struct stat info = {};
  REQUIRE(stat(folder.At("a").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("a file that was not finished leaves nothing, and the one before stays") {
  const Folder folder;
  REQUIRE(WriteOutput(folder.At("a"), "before").ok());

  {
    auto file = OutputFile::Create(folder.At("a"));
    REQUIRE(file.ok());
    REQUIRE(file->Write("half").ok());
  }

  CHECK(*ReadInput(folder.At("a"), 100) == "before");
  CHECK(folder.Files() == 1);
}

TEST_CASE("files that are missing, too long or cannot be made are the officer's mistake") {
  const Folder folder;
  REQUIRE(WriteOutput(folder.At("a"), "1234").ok());
  REQUIRE(WriteOutput(folder.At("empty"), "").ok());

  CHECK(ReasonOf(ReadInput(folder.At("a"), 3).status()) == "WRONG_USE");
  CHECK(ReasonOf(ReadInput(folder.At("none"), 3).status()) == "WRONG_USE");
  CHECK(ReasonOf(ReadInput(folder.At(""), 3).status()) == "WRONG_USE");
  CHECK(ReadInput(folder.At("empty"), 3).ok());
  CHECK(ReasonOf(OutputFile::Create(folder.At("no/a")).status()) == "WRONG_USE");
}

}  // namespace
}  // namespace oshirase::authority
