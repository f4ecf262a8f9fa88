#include "common/keyring/directory_key_store.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "common/crypto/secret_box.h"
#include "common/keyring/testing/key_store_contract.h"
#include "common/keyring/testing/temp_directory.h"
#include "common/status/errors.h"

namespace oshirase::keyring {
namespace {

namespace fs = std::filesystem;
using crypto::SecretKey;

const KeyName kName{kInnerKey, "2020-12-01"};
constexpr char kFile[] = "inner.2020-12-01.key";

// Two mirrors and a store over them.
class Mirrors {
 public:
  Mirrors() : key_encryption_key_(SecretKey::Random()), store_(Reopen().value()) {}

  absl::StatusOr<std::unique_ptr<DirectoryKeyStore>> Reopen() { return Open(key_encryption_key_); }
  absl::StatusOr<std::unique_ptr<DirectoryKeyStore>> Open(const SecretKey& key_encryption_key) {
    return DirectoryKeyStore::Open(
        {.directories = {first(), second()},
         .key_encryption_key = key_encryption_key.Clone(),
         .warn = [this](const absl::Status& s) { warnings.push_back(s); }});
  }

  fs::path first() const { return first_.path(); }
  fs::path second() const { return second_.path(); }
  DirectoryKeyStore& store() { return *store_; }

  std::vector<absl::Status> warnings;

 private:
  TempDirectory first_;
  TempDirectory second_;
  SecretKey key_encryption_key_;
  std::unique_ptr<DirectoryKeyStore> store_;
};

std::string ContentOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void Write(const fs::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

size_t FilesIn(const fs::path& directory) {
  return static_cast<size_t>(std::distance(fs::directory_iterator(directory), {}));
}

TEST_CASE("directories keep the contract of a key store, with one mirror and with two") {
  TempDirectory only;
  const auto single = DirectoryKeyStore::Open(
      {.directories = {only.path()}, .key_encryption_key = SecretKey::Random()});
  REQUIRE(single.ok());
  CheckKeyStoreContract(**single);
  Mirrors mirrors;
  CheckKeyStoreContract(mirrors.store());
  CHECK(mirrors.warnings.empty());
}

TEST_CASE("a key is one file in each mirror, for its owner only, and nothing else stays") {
  Mirrors mirrors;
  REQUIRE(mirrors.store().PutIfAbsent(kName, SecretKey::Random()).ok());
  for (const fs::path& directory : {mirrors.first(), mirrors.second()}) {
    CHECK(FilesIn(directory) == 1);
    struct stat info {};
    REQUIRE(stat((directory / kFile).c_str(), &info) == 0);
    CHECK((info.st_mode & 07777) == 0600);
    CHECK(info.st_nlink == 1);
  }
}

TEST_CASE("no file holds the key itself") {
  Mirrors mirrors;
  const SecretKey key = SecretKey::Random();
  REQUIRE(mirrors.store().PutIfAbsent(kName, key).ok());
  const std::string raw(key.bytes().begin(), key.bytes().end());
  CHECK(ContentOf(mirrors.first() / kFile).find(raw) == std::string::npos);
}

TEST_CASE("keys are read again by another process with the same key-encryption key") {
  Mirrors mirrors;
  const SecretKey key = SecretKey::Random();
  REQUIRE(mirrors.store().PutIfAbsent(kName, key).ok());
  CHECK((*mirrors.Reopen())->Get(kName, FingerprintOf(key)).value() == key);
}

TEST_CASE("a wrong key-encryption key is noticed at once, unless there are no keys yet") {
  Mirrors mirrors;
  CHECK(mirrors.Open(SecretKey::Random()).ok());
  REQUIRE(mirrors.store().PutIfAbsent(kName, SecretKey::Random()).ok());
  const auto wrong = mirrors.Open(SecretKey::Random()).status();
  CHECK(absl::IsFailedPrecondition(wrong));
  CHECK(ReasonOf(wrong) == "WRONG_KEY_ENCRYPTION_KEY");
}

TEST_CASE("a damaged key among good ones does not stop the start") {
  Mirrors mirrors;
  REQUIRE(mirrors.store().PutIfAbsent(kName, SecretKey::Random()).ok());
  Write(mirrors.first() / "inner.2020-11-30.key", "damaged");
  CHECK(mirrors.Reopen().ok());
}

TEST_CASE("a directory that is missing, or a file, or none at all, is refused by name") {
  TempDirectory directory;
  Write(directory.path() / "file", "");
  for (const std::string path : {directory.path() / "missing", directory.path() / "file"}) {
    const auto status = DirectoryKeyStore::Open({.directories = {directory.path(), path},
                                                 .key_encryption_key = SecretKey::Random()})
                            .status();
    CHECK(ReasonOf(status) == "KEYRING_DIRECTORY_UNUSABLE");
    CHECK(status.ToString().find(path) != std::string::npos);
  }
  CHECK(ReasonOf(
            DirectoryKeyStore::Open({.directories = {}, .key_encryption_key = SecretKey::Random()})
                .status()) == "KEYRING_DIRECTORY_UNUSABLE");
}

TEST_CASE("a key file under another day's name does not open") {
  Mirrors mirrors;
  REQUIRE(mirrors.store().PutIfAbsent(kName, SecretKey::Random()).ok());
  fs::rename(mirrors.first() / kFile, mirrors.first() / "inner.2020-12-02.key");
  CHECK(ReasonOf(mirrors.store().Get({kInnerKey, "2020-12-02"}, std::nullopt).status()) ==
        "KEY_DAMAGED");
}

TEST_CASE("a mirror that misses a key gets it back from the other") {
  Mirrors mirrors;
  const SecretKey key = SecretKey::Random();
  REQUIRE(mirrors.store().PutIfAbsent(kName, key).ok());
  for (const fs::path& directory : {mirrors.first(), mirrors.second()}) {
    fs::remove(directory / kFile);
    CHECK(mirrors.store().Get(kName, FingerprintOf(key)).value() == key);
    CHECK(fs::exists(directory / kFile));
  }
  CHECK(mirrors.warnings.empty());
}

TEST_CASE("a mirror whose disk is new gets the key, and no second key is made") {
  Mirrors mirrors;
  const SecretKey key = SecretKey::Random();
  REQUIRE(mirrors.store().PutIfAbsent(kName, key).ok());
  fs::remove(mirrors.first() / kFile);
  CHECK(mirrors.store().PutIfAbsent(kName, SecretKey::Random()).value() == key);
  fs::remove(mirrors.second() / kFile);
  CHECK(mirrors.store().Get(kName, std::nullopt).value() == key);
}

TEST_CASE("a damaged copy, or another key's, is mended when the other mirror has the right one") {
  Mirrors mirrors;
  const SecretKey key = SecretKey::Random();
  REQUIRE(mirrors.store().PutIfAbsent(kName, key).ok());
  Mirrors elsewhere;
  REQUIRE(elsewhere.store().PutIfAbsent(kName, SecretKey::Random()).ok());

  for (const std::string& content :
       {std::string("damaged"), std::string(), ContentOf(elsewhere.first() / kFile)}) {
    Write(mirrors.first() / kFile, content);
    CHECK(mirrors.store().Get(kName, FingerprintOf(key)).value() == key);
    fs::remove(mirrors.second() / kFile);
    CHECK(mirrors.store().Get(kName, FingerprintOf(key)).value() == key);
  }
  CHECK(FilesIn(mirrors.first()) == 1);
}

TEST_CASE("when no copy is good the key is damaged, not absent, and no other takes its name") {
  Mirrors mirrors;
  REQUIRE(mirrors.store().PutIfAbsent(kName, SecretKey::Random()).ok());
  Write(mirrors.first() / kFile, "damaged");
  fs::remove(mirrors.second() / kFile);
  CHECK(ReasonOf(mirrors.store().Get(kName, std::nullopt).status()) == "KEY_DAMAGED");
  CHECK(ReasonOf(mirrors.store().PutIfAbsent(kName, SecretKey::Random()).status()) ==
        "KEY_DAMAGED");
}

TEST_CASE(
    "while a mirror is away keys are read from the other, and none is made or called absent") {
  Mirrors mirrors;
  const SecretKey key = SecretKey::Random();
  REQUIRE(mirrors.store().PutIfAbsent(kName, key).ok());
  const fs::path aside = mirrors.first().string() + "-away";
  fs::rename(mirrors.first(), aside);

  CHECK(mirrors.store().Get(kName, FingerprintOf(key)).value() == key);
  CHECK(mirrors.warnings.size() == 1);
  const KeyName other{kInnerKey, "2020-12-02"};
  CHECK(ReasonOf(mirrors.store().Get(other, std::nullopt).status()) == "KEY_STORE_UNAVAILABLE");
  CHECK(ReasonOf(mirrors.store().PutIfAbsent(other, key).status()) == "KEY_STORE_UNAVAILABLE");
  CHECK(ReasonOf(mirrors.store().Labels(kInnerKey).status()) == "KEY_STORE_UNAVAILABLE");

  // Erased where it can be, and not called gone before the other mirror has confirmed.
  CHECK(ReasonOf(mirrors.store().Erase(kName)) == "KEY_STORE_UNAVAILABLE");
  CHECK_FALSE(fs::exists(mirrors.second() / kFile));
  fs::rename(aside, mirrors.first());
  CHECK(mirrors.store().Erase(kName).ok());
  CHECK(FilesIn(mirrors.first()) == 0);
}

TEST_CASE("a mirror that cannot be mended is warned of and does not fail the reading") {
  Mirrors mirrors;
  const SecretKey key = SecretKey::Random();
  REQUIRE(mirrors.store().PutIfAbsent(kName, key).ok());
  fs::remove(mirrors.first() / kFile);
  fs::create_directory(mirrors.first() / kFile);  // nothing can be linked or read there
  CHECK(mirrors.store().Get(kName, FingerprintOf(key)).value() == key);
  CHECK_FALSE(mirrors.warnings.empty());
}

TEST_CASE("erasing removes what a crash left of a key, before or after it got its name") {
  Mirrors mirrors;
  const SecretKey key = SecretKey::Random();
  REQUIRE(mirrors.store().PutIfAbsent(kName, key).ok());
  const std::string sealed = ContentOf(mirrors.first() / kFile);
  const std::string before = ".inner.2020-12-01.key.00112233-4455-4677-8899-aabbccddeeff.new";
  const std::string other = ".inner.2020-12-02.key.00112233-4455-4677-8899-aabbccddeeff.new";
  Write(mirrors.first() / before, sealed);
  Write(mirrors.first() / other, sealed);
  const std::string after = ".inner.2020-12-01.key.10112233-4455-4677-8899-aabbccddeeff.new";
  fs::create_hard_link(mirrors.second() / kFile, mirrors.second() / after);

  REQUIRE(mirrors.store().Erase(kName).ok());

  CHECK(FilesIn(mirrors.first()) == 1);
  CHECK(fs::exists(mirrors.first() / other));
  CHECK(FilesIn(mirrors.second()) == 0);
}

TEST_CASE(
    "what a crash left of a key that never got its name is listed, so that it can be erased") {
  Mirrors mirrors;
  Write(mirrors.first() / ".inner.2020-12-01.key.00112233-4455-4677-8899-aabbccddeeff.new", "x");
  Write(mirrors.first() / "README", "not ours");
  Write(mirrors.first() / "inner.2020-12-01.key.bak", "not ours");
  CHECK(mirrors.store().Labels(kInnerKey).value() == std::vector<std::string>{"2020-12-01"});
  CHECK(ReasonOf(mirrors.store().Get(kName, std::nullopt).status()) == "KEY_NOT_FOUND");
}

TEST_CASE("erasing overwrites the content before it goes") {
  Mirrors mirrors;
  REQUIRE(mirrors.store().PutIfAbsent(kName, SecretKey::Random()).ok());
  const fs::path kept = mirrors.first() / "kept";
  fs::create_hard_link(mirrors.first() / kFile, kept);
  const size_t size = ContentOf(kept).size();
  REQUIRE(mirrors.store().Erase(kName).ok());
  CHECK(ContentOf(kept) == std::string(size, '\0'));
}

TEST_CASE("eight threads that make one key at once all get the same") {
  Mirrors mirrors;
  for (int round = 0; round < 20; ++round) {
    const KeyName name{kInnerKey, "round-" + std::to_string(round)};
    std::vector<absl::StatusOr<SecretKey>> keys(8);
    std::vector<std::thread> threads;
    for (auto& key : keys) {
      threads.emplace_back([&] { key = mirrors.store().PutIfAbsent(name, SecretKey::Random()); });
    }
    for (auto& thread : threads) thread.join();
    for (const auto& key : keys) {
      REQUIRE(key.ok());
      CHECK(*key == *keys.front());
    }
  }
}

TEST_CASE("processes that make one key at once all get the same") {
  Mirrors mirrors;
  TempDirectory results;
  constexpr int kProcesses = 6;
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      const auto store = mirrors.Reopen();
      const auto key =
          store.ok() ? (*store)->PutIfAbsent(kName, SecretKey::Random()) : store.status();
      if (key.ok()) {
        Write(results.path() / std::to_string(i),
              std::string(key->bytes().begin(), key->bytes().end()));
      }
      _exit(key.ok() ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  const std::string first = ContentOf(results.path() / "0");
  CHECK(first.size() == SecretKey::kSize);
  for (int i = 1; i < kProcesses; ++i) {
    CHECK(ContentOf(results.path() / std::to_string(i)) == first);
  }
}

TEST_CASE("a list of directories is split at colons, and empty parts are skipped") {
  CHECK(SplitDirectories("/a:/b") == std::vector<std::string>{"/a", "/b"});
  CHECK(SplitDirectories(":/a::") == std::vector<std::string>{"/a"});
  CHECK(SplitDirectories("").empty());
}

}  // namespace
}  // namespace oshirase::keyring
