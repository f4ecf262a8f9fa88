#include "services/gateway/config.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/config/bad_configuration.h"
#include "common/server/testing/test_certificates.h"
#include "services/gateway/testing/test_directory.h"

namespace oshirase::gateway {
namespace {

struct Fixture {
  TestDirectory directory;
  TestCertificates certificates;
  std::map<std::string, std::string> env;

  Fixture() {
    const TlsFiles tls = certificates.Service("gateway");
    env = {{"LISTEN_SOCKET", directory.File("s")},
           {"METRICS_ADDR", "127.0.0.1:0"},
           {"REGISTRY_ADDR", "127.0.0.1:1"},
           {"CHECKIN_ADDR", "127.0.0.1:2"},
           {"NOTIFIER_ADDR", "127.0.0.1:3"},
           {"TLS_CERT_FILE", tls.certificate},
           {"TLS_KEY_FILE", tls.key},
           {"TLS_CA_FILE", tls.authorities},
           {"LINE_CHANNEL_SECRET_FILE", Secret("secret", "old\nnew\n")},
           {"LINE_CHANNEL_ACCESS_TOKEN_FILE", Secret("token", "token\n")},
           {"LINE_BOT_USER_ID", "U8e742f61d673b39c7fff3cecb7536ef0"},
           {"LINE_BOT_BASIC_ID", "@oshirase"},
           {"PUBLIC_URL", "https://oshirase.example"},
           {"FORM_KEY_FILE", Secret("form", std::string(64, 'a'))},
           {"PREFECTURE_NAME", "神奈川県"},
           {"CONSULTATION_PHONE", "045-285-0536"}};
  }

  std::string Secret(const std::string& name, const std::string& content) const {
    const std::string path = directory.File(name);
    std::ofstream(path) << content;
    std::filesystem::permissions(
        path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return path;
  }

  absl::StatusOr<Config> Read() const {
    return ReadConfig([this](const std::string& name) -> std::optional<std::string> {
      const auto found = env.find(name);
      if (found == env.end()) return std::nullopt;
      return found->second;
    });
  }

  // The problems after one change.
  std::string Problems(const std::string& name, const std::string& value) {
    const std::string before = env[name];
    env[name] = value;
    const auto config = Read();
    env[name] = before;
    if (config.ok()) return "";
    CHECK(IsBadConfiguration(config.status()));
    return std::string(config.status().message());
  }
};

TEST_CASE("a complete configuration is read, and what is not set has its default") {
  const Fixture fixture;
  const auto config = fixture.Read();
  REQUIRE(config.ok());
  CHECK(config->channel_secrets == std::vector<std::string>{"old", "new"});
  CHECK(config->channel_access_token == "token");
  CHECK(config->line_api_base == "https://api.line.me");
  CHECK(config->http_threads == 320);
  CHECK(config->retention_days == 21);
  CHECK(config->clock_offset == absl::ZeroDuration());
}

TEST_CASE("further telephone numbers come with what they are for") {
  Fixture fixture;
  CHECK(fixture.Read()->more_numbers.empty());
  fixture.env["CONSULTATION_NUMBERS"] = "FAX=045-633-3770; English=0570-000-000;";
  const auto config = fixture.Read();
  REQUIRE(config.ok());
  REQUIRE(config->more_numbers.size() == 2);
  CHECK(config->more_numbers[0].label == "FAX");
  CHECK(config->more_numbers[1].label == "English");
  CHECK(config->more_numbers[1].number == "0570-000-000");
}

TEST_CASE("every problem is reported at once, each with its variable") {
  const auto config = ReadConfig([](const std::string&) { return std::nullopt; });
  REQUIRE_FALSE(config.ok());
  const std::string problems(config.status().message());
  for (const auto& [name, value] : Fixture().env) CHECK(absl::StrContains(problems, name));
}

TEST_CASE("wrong values are told one by one") {
  Fixture fixture;
  CHECK(fixture.Problems("PUBLIC_URL", "https://oshirase.example").empty());
  const std::pair<std::string, std::string> cases[] = {
      {"LISTEN_SOCKET", "relative"},
      {"LISTEN_SOCKET", "/" + std::string(107, 'x')},
      {"METRICS_ADDR", "nowhere"},
      {"HTTP_THREADS", "0"},
      {"REGISTRY_ADDR", "host"},
      {"TLS_KEY_FILE", "/nonexistent"},
      {"LINE_CHANNEL_SECRET_FILE", "/nonexistent"},
      {"LINE_CHANNEL_ACCESS_TOKEN_FILE", fixture.Secret("two", "a\r\nX-Injected: b")},
      {"LINE_BOT_USER_ID", "me"},
      {"LINE_BOT_BASIC_ID", "oshirase"},
      {"LINE_API_BASE", "http://api.line.me"},
      {"PUBLIC_URL", "http://oshirase.example"},
      {"PUBLIC_URL", "https://oshirase.example/path"},
      {"FORM_KEY_FILE", fixture.Secret("short", "abc")},
      {"RETENTION_DAYS", "0"},
      {"CONSULTATION_NUMBERS", "045-285-0536"},
      {"CONSULTATION_NUMBERS", "a=1;=2"},
      {"POSTAL_CODES_FILE", "/nonexistent"},
      {"POSTAL_CODES_FILE", fixture.Secret("prose", "no codes here\n")},
  };
  for (const auto& [name, value] : cases) {
    INFO(name << "=" << value);
    CHECK(absl::StrContains(fixture.Problems(name, value), name));
  }
}

TEST_CASE("the loopback switch refuses LINE itself and takes a sandbox") {
  Fixture fixture;
  fixture.env["LINE_LOOPBACK_ONLY"] = "1";
  CHECK(absl::StrContains(fixture.Problems("LINE_API_BASE", ""), "LINE_API_BASE"));
  CHECK(absl::StrContains(fixture.Problems("LINE_API_BASE", "https://api.line.me"), "loopback"));
  CHECK(fixture.Problems("LINE_API_BASE", "http://127.0.0.1:9").empty());
}

TEST_CASE("the clock can be moved only out of reach of other machines") {
  Fixture fixture;
  CHECK(fixture.Problems("OSHIRASE_CLOCK_OFFSET", "3600").empty());
  fixture.env["METRICS_ADDR"] = "0.0.0.0:0";
  CHECK(absl::StrContains(fixture.Problems("OSHIRASE_CLOCK_OFFSET", "3600"),
                          "OSHIRASE_CLOCK_OFFSET"));
}

TEST_CASE("no problem repeats a secret") {
  Fixture fixture;
  const std::string problems = fixture.Problems("FORM_KEY_FILE", fixture.Secret("k", "hush-hush"));
  CHECK_FALSE(absl::StrContains(problems, "hush-hush"));
}

}  // namespace
}  // namespace oshirase::gateway
