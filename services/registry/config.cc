#include "services/registry/config.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "common/postgres/pool.h"
#include "common/status/macros.h"
#include "services/registry/domain/venue_check.h"

namespace oshirase::registry {
namespace {

// Twice the longest incubation anyone quarantined for; more would only keep more.
constexpr IntRange kRetention{.min = 1, .max = 60, .default_value = 21};

LogLevel ReadLogLevel(EnvReader& reader) {
  return ParseLogLevel(reader.OneOf("LOG_LEVEL", {"info", "debug", "warning", "error"}))
      .value_or(LogLevel::kInfo);
}

TlsFiles ReadTls(EnvReader& reader) {
  TlsFiles files{.certificate = reader.ReadableFile("TLS_CERT_FILE"),
                 .key = reader.ReadableFile("TLS_KEY_FILE"),
                 .authorities = reader.ReadableFile("TLS_CLIENT_CAS_FILE")};
  if (files.certificate.empty() || files.key.empty() || files.authorities.empty()) return files;
  if (const auto status = CheckTlsFiles(files); !status.ok())
    reader.AddProblem("TLS_CERT_FILE", std::string(status.message()));
  return files;
}

std::string ReadDatabaseUrl(EnvReader& reader) {
  auto url = reader.SecretFile("DATABASE_URL_FILE");
  if (!url.empty() && !postgres::CheckUrl(url).ok())
    reader.AddProblem("DATABASE_URL_FILE", "holds no Postgres connection string");
  return url;
}

std::vector<std::string> ReadKeyringDirectories(EnvReader& reader) {
  auto directories = reader.List("KEYRING_DIRS", ':');
  for (const auto& directory : directories) {
    std::error_code error;
    if (!std::filesystem::is_directory(directory, error))
      reader.AddProblem("KEYRING_DIRS", directory + " is no directory");
    else if (access(directory.c_str(), R_OK | W_OK | X_OK) != 0)
      reader.AddProblem("KEYRING_DIRS", directory + " cannot be written");
  }
  return directories;
}

crypto::SecretKey ReadKeyEncryptionKey(EnvReader& reader) {
  std::string bytes = reader.SecretKey("KEK_FILE", crypto::SecretKey::kSize);
  auto key = crypto::SecretKey::FromBytes(bytes);
  crypto::WipeString(bytes);
  return key.ok() ? *std::move(key) : crypto::SecretKey();  // the reader has noted why
}

std::string ReadFirstOperator(EnvReader& reader) {
  if (reader.Optional("FIRST_OPERATOR_CERT_FILE", "").empty()) return "";
  std::ifstream file(reader.ReadableFile("FIRST_OPERATOR_CERT_FILE"));
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string ReadPublicUrl(EnvReader& reader) {
  const std::string url = reader.HttpUrl("PUBLIC_URL", "");
  const size_t host = url.find("://");
  if (host != std::string::npos && url.find('/', host + 3) != std::string::npos)
    reader.AddProblem("PUBLIC_URL", "has a path: the pages stand at the root");
  return url;
}

std::string ReadBasicId(EnvReader& reader) {
  const std::string id = reader.Required("LINE_BOT_BASIC_ID");
  if (!id.empty() && id.front() != '@')
    reader.AddProblem("LINE_BOT_BASIC_ID", "does not begin with @");
  return id;
}

// One line that can stand on a sheet of paper, or "" with a problem.
std::string ReadLine(EnvReader& reader, const std::string& name) {
  constexpr size_t kMaxCharacters = 100;
  std::string text = reader.Required(name);
  if (text.empty() || CheckText(name, text, kMaxCharacters).empty()) return text;
  reader.AddProblem(name, "must be one line of at most 100 characters");
  return "";
}

SmtpOptions ReadSmtp(EnvReader& reader, const std::string& default_name) {
  SmtpOptions options{.url = reader.Required("SMTP_URL"),
                      .username = reader.Optional("SMTP_USERNAME", ""),
                      .password = "",
                      .ca_file = reader.Optional("SMTP_CA_FILE", ""),
                      .from_address = reader.Required("MAIL_FROM_ADDRESS"),
                      .from_name = reader.Optional("MAIL_FROM_NAME", default_name)};
  if (!reader.Optional("SMTP_PASSWORD_FILE", "").empty())
    options.password = reader.SecretFile("SMTP_PASSWORD_FILE");
  // What is missing or wrong above has been told.
  if (options.from_name.empty()) options.from_name = options.from_address;
  if (options.url.empty() || options.from_address.empty()) return options;
  for (const auto& problem : ProblemsOf(options)) {
    const size_t space = problem.find(' ');
    reader.AddProblem(problem.substr(0, space), problem.substr(space + 1));
  }
  return options;
}

std::string ReadTempDirectory(EnvReader& reader) {
  if (reader.Optional("TEMP_DIR", "").empty()) return "/tmp";
  return reader.WritableDirectory("TEMP_DIR");
}

}  // namespace

absl::StatusOr<Config> ReadConfig(const Env& env) {
  EnvReader reader(env);
  Config config;
  config.log_level = ReadLogLevel(reader);
  config.listen_address = reader.ListenAddress("LISTEN_ADDR");
  config.health_address = reader.ListenAddress("HEALTH_ADDR");
  config.metrics_address = reader.ListenAddress("METRICS_ADDR");
  config.tls = ReadTls(reader);
  config.database_url = ReadDatabaseUrl(reader);
  config.keyring_directories = ReadKeyringDirectories(reader);
  config.key_encryption_key = ReadKeyEncryptionKey(reader);
  config.retention_days = static_cast<int>(reader.Int("RETENTION_DAYS", kRetention));
  config.first_operator_certificate = ReadFirstOperator(reader);
  config.public_url = ReadPublicUrl(reader);
  config.line_basic_id = ReadBasicId(reader);
  config.prefecture_name = ReadLine(reader, "PREFECTURE_NAME");
  config.consultation_phone = ReadLine(reader, "CONSULTATION_PHONE");
  config.smtp = ReadSmtp(reader, config.prefecture_name);
  config.temp_directory = ReadTempDirectory(reader);
  config.clock_offset =
      reader.ClockOffset({config.listen_address, config.health_address, config.metrics_address});
  RETURN_IF_ERROR(reader.Finish());
  return config;
}

}  // namespace oshirase::registry
