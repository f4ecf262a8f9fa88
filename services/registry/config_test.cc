#include "services/registry/config.h"

#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/config/bad_configuration.h"
#include "common/server/testing/test_certificates.h"

namespace oshirase::registry {
namespace {

using Values = std::map<std::string, std::string>;

// An environment in which everything is right; its files lie in the certificates' directory.
class GoodEnvironment {
 public:
  GoodEnvironment() {
    const TlsFiles tls = certificates_.Service("registry");
    values = {
        {"LISTEN_ADDR", "127.0.0.1:0"},
        {"HEALTH_ADDR", "127.0.0.1:0"},
        {"METRICS_ADDR", "127.0.0.1:0"},
        {"TLS_CERT_FILE", tls.certificate},
        {"TLS_KEY_FILE", tls.key},
        {"TLS_CLIENT_CAS_FILE", tls.authorities},
        {"DATABASE_URL_FILE", Write("url", "postgres://oshirase_registry@localhost/oshirase")},
        {"KEYRING_DIRS", certificates_.directory()},
        {"KEK_FILE", Write("kek", std::string(64, 'a'))},
        {"PUBLIC_URL", "https://oshirase.example.jp"},
        {"LINE_BOT_BASIC_ID", "@oshirase"},
        {"PREFECTURE_NAME", "みほん県"},
        {"CONSULTATION_PHONE", "0570-000-000"},
        {"SMTP_URL", "smtp://127.0.0.1:25"},
        {"MAIL_FROM_ADDRESS", "noreply@example.jp"}};
  }

  std::string Write(const std::string& name, const std::string& content) {
    const std::string path = certificates_.directory() + "/" + name;
    std::ofstream(path) << content;
    REQUIRE(chmod(path.c_str(), 0600) == 0);
    return path;
  }

  std::string Operator() { return certificates_.Officer("operator").certificate; }

  absl::StatusOr<Config> Read() const {
    return ReadConfig([this](const std::string& name) -> std::optional<std::string> {
      const auto found = values.find(name);
      if (found == values.end()) return std::nullopt;
      return found->second;
    });
  }

  Values values;

 private:
  TestCertificates certificates_;
};

std::vector<std::string> ProblemsOf(const absl::StatusOr<Config>& config) {
  return absl::StrSplit(std::string(config.status().message()), '\n', absl::SkipEmpty());
}

TEST_CASE("what must be set suffices, and the rest has its defaults") {
  const GoodEnvironment environment;

  const auto config = environment.Read();

  REQUIRE(config.ok());
  CHECK(config->retention_days == 21);
  CHECK(config->log_level == LogLevel::kInfo);
  CHECK(config->clock_offset == absl::ZeroDuration());
  CHECK(config->first_operator_certificate.empty());
  CHECK(config->keyring_directories.size() == 1);
  CHECK(config->smtp.from_name == "みほん県");
  CHECK(config->temp_directory == "/tmp");
  CHECK(config->database_url == "postgres://oshirase_registry@localhost/oshirase");
}

TEST_CASE("an empty environment is told everything that must be set, at once") {
  const auto config = ReadConfig([](const std::string&) { return std::nullopt; });

  CHECK(IsBadConfiguration(config.status()));
  const auto problems = ProblemsOf(config);
  CHECK(problems.size() == 15);
  for (const auto* name :
       {"LISTEN_ADDR", "HEALTH_ADDR", "METRICS_ADDR", "TLS_CERT_FILE", "TLS_KEY_FILE",
        "TLS_CLIENT_CAS_FILE", "DATABASE_URL_FILE", "KEYRING_DIRS", "KEK_FILE", "PUBLIC_URL",
        "LINE_BOT_BASIC_ID", "PREFECTURE_NAME", "CONSULTATION_PHONE", "SMTP_URL",
        "MAIL_FROM_ADDRESS"}) {
    INFO(name);
    CHECK(std::any_of(problems.begin(), problems.end(), [&](const std::string& problem) {
      return absl::StartsWith(problem, std::string(name) + ":");
    }));
  }
}

TEST_CASE("each wrong value is told by its variable, and no secret is repeated") {
  GoodEnvironment environment;
  const Values wrong = {
      {"RETENTION_DAYS", "0"},
      {"LOG_LEVEL", "loud"},
      {"KEYRING_DIRS", "/nowhere"},
      {"KEK_FILE", environment.Write("short", "5ecre7")},
      {"DATABASE_URL_FILE", environment.Write("badurl", "p5ssword=no url")},
      {"FIRST_OPERATOR_CERT_FILE", "/nowhere/operator.crt"},
      {"LISTEN_ADDR", "7001"},
      {"OSHIRASE_CLOCK_OFFSET", "soon"},
      {"PUBLIC_URL", "https://example.jp/oshirase"},
      {"LINE_BOT_BASIC_ID", "oshirase"},
      {"PREFECTURE_NAME", "a\nb"},
      {"SMTP_URL", "mail.example.jp"},
      {"SMTP_USERNAME", "somebody"},
      {"SMTP_PASSWORD_FILE", "/nowhere/password"},
      {"MAIL_FROM_ADDRESS", "nobody"},
      {"TEMP_DIR", "/nowhere"},
  };
  for (const auto& [name, value] : wrong) {
    INFO(name);
    GoodEnvironment one;
    one.values[name] = value;
    const auto problems = ProblemsOf(one.Read());
    REQUIRE(problems.size() == 1);
    CHECK(absl::StartsWith(problems[0], name + ":"));
    CHECK_FALSE(absl::StrContains(problems[0], "5ecre7"));
    CHECK_FALSE(absl::StrContains(problems[0], "p5ssword"));
  }
}

TEST_CASE("a certificate and a key that do not belong together are told") {
  GoodEnvironment environment;
  environment.values["TLS_CERT_FILE"] = environment.Operator();

  const auto problems = ProblemsOf(environment.Read());

  REQUIRE(problems.size() == 1);
  CHECK(absl::StartsWith(problems[0], "TLS_CERT_FILE:"));
}

TEST_CASE("the clock moves only when nobody else can reach the service") {
  GoodEnvironment environment;
  environment.values["OSHIRASE_CLOCK_OFFSET"] = "3600";
  CHECK(environment.Read()->clock_offset == absl::Hours(1));

  environment.values["LISTEN_ADDR"] = "0.0.0.0:0";
  CHECK(IsBadConfiguration(environment.Read().status()));
}

TEST_CASE("the first operator's certificate is read whole") {
  GoodEnvironment environment;
  environment.values["FIRST_OPERATOR_CERT_FILE"] = environment.Operator();
  CHECK(absl::StartsWith(environment.Read()->first_operator_certificate,
                         "-----BEGIN CERTIFICATE-----"));
}

}  // namespace
}  // namespace oshirase::registry
