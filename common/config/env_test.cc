#include "common/config/env.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/config/bad_configuration.h"
#include "common/status/errors.h"

namespace oshirase {
namespace {

namespace fs = std::filesystem;

Env MapEnv(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const std::string& name) -> std::optional<std::string> {
    const auto found = values.find(name);
    if (found == values.end()) return std::nullopt;
    return found->second;
  };
}

std::vector<std::string> Problems(const EnvReader& reader) {
  return absl::StrSplit(std::string(reader.Finish().message()), '\n', absl::SkipEmpty());
}

class TempDirectory {
 public:
  TempDirectory() {
    std::string path = (fs::temp_directory_path() / "env-test-XXXXXX").string();
    REQUIRE(mkdtemp(path.data()) != nullptr);
    path_ = path;
  }
  ~TempDirectory() { fs::remove_all(path_); }
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;

  std::string Write(const std::string& name, const std::string& content, mode_t mode) const {
    const std::string path = path_ / name;
    std::ofstream(path, std::ios::binary) << content;
    REQUIRE(chmod(path.c_str(), mode) == 0);
    return path;
  }
  std::string path() const { return path_; }

 private:
  fs::path path_;
};

TEST_CASE("every problem is reported, one line each, beginning with its variable") {
  EnvReader reader(MapEnv({{"RETENTION_DAYS", "many"},
                           {"LINE_API_BASE", "api.line.me"},
                           {"LINE_LOOPBACK_ONLY", "yes"},
                           {"LISTEN_ADDR", "7001"},
                           {"KEK_FILE", "/nonexistent/kek"}}));
  reader.Required("PUBLIC_URL");
  reader.Int("RETENTION_DAYS", {.min = 1, .max = 60, .default_value = 21});
  reader.HttpUrl("LINE_API_BASE", "https://api.line.me");
  reader.Flag("LINE_LOOPBACK_ONLY");
  reader.ListenAddress("LISTEN_ADDR");
  reader.SecretKey("KEK_FILE", 32);

  const auto status = reader.Finish();

  CHECK(IsBadConfiguration(status));
  CHECK(ReasonOf(status) == "BAD_CONFIGURATION");
  CHECK(Problems(reader) ==
        std::vector<std::string>{
            "PUBLIC_URL: is not set", "RETENTION_DAYS: must be a whole number from 1 to 60",
            "LINE_API_BASE: must be http(s)://host[:port][/path]",
            "LINE_LOOPBACK_ONLY: must be 0 or 1", "LISTEN_ADDR: must be host:port",
            "KEK_FILE: /nonexistent/kek: No such file or directory"});
}

TEST_CASE("a good configuration has no problem") {
  EnvReader reader(MapEnv({{"NAME", "registry"}, {"INTERVAL_MS", "250"}, {"ON", "1"}}));

  CHECK(reader.Required("NAME") == "registry");
  CHECK(reader.Duration("INTERVAL_MS", absl::Milliseconds(1), {.min = 1, .max = 1000}) ==
        absl::Milliseconds(250));
  CHECK(reader.Flag("ON"));
  CHECK(reader.Finish().ok());
}

TEST_CASE("an unset variable takes its default, and an empty one counts as unset") {
  EnvReader reader(MapEnv({{"LOG_LEVEL", ""}, {"RETENTION_DAYS", ""}}));

  CHECK(reader.OneOf("LOG_LEVEL", {"info", "debug"}) == "info");
  CHECK(reader.Int("RETENTION_DAYS", {.min = 1, .max = 60, .default_value = 21}) == 21);
  CHECK(reader.Optional("PREFECTURE_NAME", "大阪府") == "大阪府");
  CHECK(reader.HttpUrl("LINE_API_BASE", "https://api.line.me/") == "https://api.line.me");
  CHECK_FALSE(reader.Flag("LINE_LOOPBACK_ONLY"));
  CHECK(reader.Finish().ok());
}

TEST_CASE("a number outside its range is a problem, and so is one that is missing") {
  const auto bad = GENERATE("0", "61", "1.5", "0x10", "999999999999999999999", "");
  CAPTURE(bad);
  EnvReader reader(MapEnv({{"N", bad}}));

  CHECK(reader.Int("N", {.min = 1, .max = 60}) == 1);
  CHECK(Problems(reader).size() == 1);
}

TEST_CASE("a list keeps its parts in order and must have one") {
  EnvReader reader(MapEnv({{"KEYRING_DIRS", "/a::/b"}, {"EMPTY", ":"}}));

  CHECK(reader.List("KEYRING_DIRS", ':') == std::vector<std::string>{"/a", "/b"});
  CHECK(reader.List("EMPTY", ':').empty());
  CHECK(Problems(reader) == std::vector<std::string>{"EMPTY: lists nothing"});
}

TEST_CASE("a secret loses the white space around it") {
  const TempDirectory directory;
  EnvReader reader(MapEnv({{"TOKEN_FILE", directory.Write("token", " secret\n", 0600)}}));

  CHECK(reader.SecretFile("TOKEN_FILE") == "secret");
  CHECK(reader.Finish().ok());
}

TEST_CASE("a secret everybody may read is refused, one its group may read is not") {
  const TempDirectory directory;
  EnvReader reader(MapEnv({{"OPEN_FILE", directory.Write("open", "secret", 0644)},
                           {"GROUP_FILE", directory.Write("group", "secret", 0640)}}));

  CHECK(reader.SecretFile("OPEN_FILE").empty());
  CHECK(reader.SecretFile("GROUP_FILE") == "secret");
  REQUIRE(Problems(reader).size() == 1);
  CHECK(absl::StartsWith(Problems(reader)[0], "OPEN_FILE: "));
}

TEST_CASE("an empty, blank, oversized or missing secret and a directory are each a problem") {
  const TempDirectory directory;
  EnvReader reader(MapEnv({{"EMPTY", directory.Write("empty", "", 0600)},
                           {"BLANK", directory.Write("blank", " \n", 0600)},
                           {"HUGE", directory.Write("huge", std::string(65537, 'x'), 0600)},
                           {"DIRECTORY", directory.path()}}));
  for (const char* name : {"EMPTY", "BLANK", "HUGE", "DIRECTORY", "UNSET"}) reader.SecretFile(name);

  CHECK(Problems(reader).size() == 5);
}

TEST_CASE("a key is raw bytes or hexadecimal digits") {
  const TempDirectory directory;
  const std::string raw(32, '\n');  // White space is a byte like any other in a raw key.
  EnvReader reader(MapEnv({{"RAW", directory.Write("raw", raw, 0600)},
                           {"HEX", directory.Write("hex", std::string(64, 'a') + "\n", 0600)},
                           {"SHORT", directory.Write("short", "abc", 0600)},
                           {"NOT_HEX", directory.Write("nothex", std::string(64, 'g'), 0600)}}));

  CHECK(reader.SecretKey("RAW", 32) == raw);
  CHECK(reader.SecretKey("HEX", 32) == std::string(32, '\xaa'));
  CHECK(reader.SecretKey("SHORT", 32).empty());
  CHECK(reader.SecretKey("NOT_HEX", 32).empty());
  CHECK(Problems(reader) ==
        std::vector<std::string>{"SHORT: the file must hold 32 bytes or 64 hexadecimal digits",
                                 "NOT_HEX: the file must hold 32 bytes or 64 hexadecimal digits"});
}

TEST_CASE("files and directories must be there") {
  const TempDirectory directory;
  EnvReader reader(MapEnv({{"CERT", directory.Write("cert", "x", 0644)},
                           {"DIR", directory.path()},
                           {"GONE", directory.path() + "/gone"},
                           {"FILE_AS_DIR", directory.path() + "/cert"}}));

  CHECK(reader.ReadableFile("CERT") == directory.path() + "/cert");
  CHECK(reader.WritableDirectory("DIR") == directory.path());
  CHECK(reader.Finish().ok());
  reader.ReadableFile("GONE");
  reader.ReadableFile("DIR");
  reader.WritableDirectory("GONE");
  reader.WritableDirectory("FILE_AS_DIR");
  CHECK(Problems(reader).size() == 4);
}

TEST_CASE("a neighbour's address needs a port, and there may be several") {
  EnvReader reader(MapEnv({{"ONE", "checkin:7002"},
                           {"TWO", "127.0.0.1:7002,127.0.0.1:7003"},
                           {"ZERO", "checkin:0"},
                           {"HOLE", "127.0.0.1:7002,"},
                           {"NAMES", "checkin-0:7002,checkin-1:7002"}}));

  CHECK(reader.PeerAddress("ONE") == "checkin:7002");
  CHECK(reader.PeerAddress("TWO") == "127.0.0.1:7002,127.0.0.1:7003");
  CHECK(reader.Finish().ok());
  reader.PeerAddress("ZERO");
  reader.PeerAddress("HOLE");
  reader.PeerAddress("NAMES");
  CHECK(Problems(reader).size() == 3);
}

TEST_CASE("a clock offset is honoured only out of reach of other machines") {
  const Env env = MapEnv({{"OSHIRASE_CLOCK_OFFSET", "-3600"}});
  EnvReader local(env);
  EnvReader open(env);
  EnvReader unset(MapEnv({}));

  CHECK(local.ClockOffset({"127.0.0.1:0", "/run/gateway.sock"}) == absl::Hours(-1));
  CHECK(local.Finish().ok());
  CHECK(open.ClockOffset({"127.0.0.1:0", "0.0.0.0:7001"}) == absl::ZeroDuration());
  CHECK(IsBadConfiguration(open.Finish()));
  CHECK(unset.ClockOffset({"0.0.0.0:7001"}) == absl::ZeroDuration());
  CHECK(unset.Finish().ok());
}

}  // namespace
}  // namespace oshirase
