#include "services/notifier/config.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "common/config/bad_configuration.h"
#include "common/server/testing/test_certificates.h"
#include "tests/support/status_matchers.h"

namespace oshirase::notifier {
namespace {

using Values = std::map<std::string, std::string>;

Env EnvOf(Values values) {
  return [values = std::move(values)](const std::string& name) -> std::optional<std::string> {
    const auto found = values.find(name);
    if (found == values.end()) return std::nullopt;
    return found->second;
  };
}

// Files and directories of a good configuration.
class GoodFiles {
 public:
  GoodFiles() : tls_(certificates_.Service("notifier")), root_(certificates_.directory()) {
    std::filesystem::create_directory(root_ + "/keys");
    Write("database", "postgresql://u@/db?host=/tmp\n");
    Write("kek", std::string(64, 'a'));
    Write("token", "secret-token\n");
  }

  Values Environment() const {
    return {{"LISTEN_ADDR", "127.0.0.1:0"},
            {"HEALTH_ADDR", "127.0.0.1:0"},
            {"METRICS_ADDR", "127.0.0.1:0"},
            {"TLS_CERT_FILE", tls_.certificate},
            {"TLS_KEY_FILE", tls_.key},
            {"TLS_CLIENT_CAS_FILE", tls_.authorities},
            {"TLS_CA_FILE", tls_.authorities},
            {"DATABASE_URL_FILE", root_ + "/database"},
            {"REGISTRY_ADDR", "127.0.0.1:7001"},
            {"CHECKIN_ADDR", "127.0.0.1:7002"},
            {"KEYRING_DIRS", root_ + "/keys"},
            {"KEK_FILE", root_ + "/kek"},
            {"LINE_CHANNEL_ACCESS_TOKEN_FILE", root_ + "/token"},
            {"PREFECTURE_NAME", "神奈川県"},
            {"CONSULTATION_PHONE", "045-000-0000"},
            {"PUBLIC_URL", "https://example.jp"}};
  }

 private:
  void Write(const std::string& name, const std::string& text) {
    const std::string path = root_ + "/" + name;
    std::ofstream(path) << text;
    std::filesystem::permissions(path, std::filesystem::perms::owner_read);
  }

  TestCertificates certificates_;
  TlsFiles tls_;
  std::string root_;
};

std::string ProblemsOf(const Values& values) {
  const auto config = ReadConfig(EnvOf(values));
  REQUIRE(IsBadConfiguration(config.status()));
  return std::string(config.status().message());
}

TEST_CASE("an empty environment is reported variable by variable") {
  const auto text = ProblemsOf({});

  for (const char* name :
       {"LISTEN_ADDR", "HEALTH_ADDR", "METRICS_ADDR", "TLS_CERT_FILE", "TLS_KEY_FILE",
        "TLS_CLIENT_CAS_FILE", "TLS_CA_FILE", "DATABASE_URL_FILE", "REGISTRY_ADDR", "CHECKIN_ADDR",
        "KEYRING_DIRS", "KEK_FILE", "LINE_CHANNEL_ACCESS_TOKEN_FILE", "PREFECTURE_NAME",
        "CONSULTATION_PHONE", "PUBLIC_URL"}) {
    CAPTURE(name);
    CHECK(text.find(name) != std::string::npos);
  }
}

TEST_CASE("what is not set has its default") {
  const GoodFiles files;

  const auto config = ReadConfig(EnvOf(files.Environment()));

  REQUIRE_OK(config);
  CHECK(config->line_api_base == "https://api.line.me");
  CHECK(config->line_access_token == "secret-token");
  CHECK(config->sender_rate == 198);
  CHECK(config->sender_workers == 200);
  CHECK(config->retention_days == 21);
  CHECK(config->clock_offset == absl::ZeroDuration());
}

TEST_CASE("the access token is read again from its file, by the same rules") {
  const GoodFiles files;
  const auto config = ReadConfig(EnvOf(files.Environment()));
  REQUIRE_OK(config);
  const std::string& file = config->line_access_token_file;
  CHECK(*ReadAccessToken(file) == "secret-token");

  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  std::ofstream(file) << "another-token\n";
  CHECK(*ReadAccessToken(file) == "another-token");

  std::filesystem::permissions(file, std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  CHECK(IsBadConfiguration(ReadAccessToken(file).status()));
  std::filesystem::remove(file);
  CHECK(IsBadConfiguration(ReadAccessToken(file).status()));
}

TEST_CASE("a stack that must stay on this machine refuses LINE itself") {
  const GoodFiles files;
  Values values = files.Environment();
  values["LINE_LOOPBACK_ONLY"] = "1";
  CHECK(ProblemsOf(values).find("LINE_API_BASE") != std::string::npos);

  values["LINE_API_BASE"] = "http://127.0.0.1:8080";
  CHECK_OK(ReadConfig(EnvOf(values)));
}

TEST_CASE("LINE is spoken to over https, unless it is this machine") {
  const GoodFiles files;
  Values values = files.Environment();
  values["LINE_API_BASE"] = "http://api.line.me";

  CHECK(ProblemsOf(values).find("LINE_API_BASE: must be https") != std::string::npos);
}

TEST_CASE("a pace at which batches would outlive their leases is refused") {
  const GoodFiles files;
  Values values = files.Environment();
  values["SENDER_RATE_PER_SECOND"] = "9";
  CHECK(ProblemsOf(values).find("SENDER_RATE_PER_SECOND") != std::string::npos);

  values["SENDER_RATE_PER_SECOND"] = "10";
  CHECK(ProblemsOf(values).find("SENDER_WORKERS: must be at most 150") != std::string::npos);
  values["SENDER_WORKERS"] = "151";
  values["RETENTION_DAYS"] = "0";
  const auto text = ProblemsOf(values);
  CHECK(text.find("SENDER_WORKERS") != std::string::npos);
  CHECK(text.find("RETENTION_DAYS") != std::string::npos);

  values.erase("RETENTION_DAYS");
  values["SENDER_WORKERS"] = "150";
  CHECK_OK(ReadConfig(EnvOf(values)));
  values["SENDER_WORKERS"] = "500";
  values["SENDER_RATE_PER_SECOND"] = "34";
  CHECK_OK(ReadConfig(EnvOf(values)));
}

TEST_CASE("wrong values are reported together, and no secret is repeated") {
  const GoodFiles files;
  Values values = files.Environment();
  values["SENDER_RATE_PER_SECOND"] = "201";
  values["RETENTION_DAYS"] = "0";
  values["KEYRING_DIRS"] = "/nowhere";
  values["KEK_FILE"] = values["LINE_CHANNEL_ACCESS_TOKEN_FILE"];

  const auto text = ProblemsOf(values);

  for (const char* name :
       {"SENDER_RATE_PER_SECOND", "RETENTION_DAYS", "KEYRING_DIRS", "KEK_FILE"}) {
    CAPTURE(name);
    CHECK(text.find(name) != std::string::npos);
  }
  CHECK(text.find("secret-token") == std::string::npos);
}

}  // namespace
}  // namespace oshirase::notifier
