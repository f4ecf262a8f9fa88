#include "services/notifier/config.h"

#include <unistd.h>

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/config/address.h"
#include "common/postgres/pool.h"
#include "common/status/macros.h"

namespace oshirase::notifier {
namespace {

constexpr IntRange kRetention{.min = 1, .max = 60, .default_value = 21};
constexpr IntRange kRate{.min = 10, .max = 200, .default_value = 198};
constexpr IntRange kWorkers{.min = 1, .max = 500, .default_value = 200};
// A worker waits for its turn with a claimed batch in hand, all others before it in the worst case.
// A batch's lease is 20 s, of which 5 s are left for opening it and for LINE's slowing us down.
constexpr int kLongestTurnSeconds = 15;
constexpr char kTokenFile[] = "LINE_CHANNEL_ACCESS_TOKEN_FILE";
constexpr char kLineApi[] = "https://api.line.me";

void ReadTls(EnvReader& reader, Config& config) {
  config.server_tls = {.certificate = reader.ReadableFile("TLS_CERT_FILE"),
                       .key = reader.ReadableFile("TLS_KEY_FILE"),
                       .authorities = reader.ReadableFile("TLS_CLIENT_CAS_FILE")};
  config.client_tls = config.server_tls;
  config.client_tls.authorities = reader.ReadableFile("TLS_CA_FILE");
  const TlsFiles& server = config.server_tls;
  if (server.certificate.empty() || server.key.empty()) return;
  for (const auto& [name, files] : {std::pair{"TLS_CLIENT_CAS_FILE", config.server_tls},
                                    std::pair{"TLS_CA_FILE", config.client_tls}}) {
    if (files.authorities.empty()) continue;
    const auto status = CheckTlsFiles(files);
    if (!status.ok()) reader.AddProblem(name, std::string(status.message()));
  }
}

std::string ReadDatabaseUrl(EnvReader& reader) {
  auto url = reader.SecretFile("DATABASE_URL_FILE");
  if (!url.empty() && !postgres::CheckUrl(url).ok()) {
    reader.AddProblem("DATABASE_URL_FILE", "holds no Postgres connection string");
  }
  return url;
}

std::vector<std::string> ReadKeyringDirectories(EnvReader& reader) {
  auto directories = reader.List("KEYRING_DIRS", ':');
  for (const std::string& directory : directories) {
    std::error_code error;
    if (!std::filesystem::is_directory(directory, error)) {
      reader.AddProblem("KEYRING_DIRS", directory + " is no directory");
    } else if (access(directory.c_str(), R_OK | W_OK | X_OK) != 0) {
      reader.AddProblem("KEYRING_DIRS", directory + " cannot be written");
    }
  }
  return directories;
}

crypto::SecretKey ReadKeyEncryptionKey(EnvReader& reader) {
  std::string bytes = reader.SecretKey("KEK_FILE", crypto::SecretKey::kSize);
  auto key = crypto::SecretKey::FromBytes(bytes);
  crypto::WipeString(bytes);
  return key.ok() ? *std::move(key) : crypto::SecretKey();  // the reader has noted why
}

std::string ReadLineApiBase(EnvReader& reader) {
  auto base = reader.HttpUrl("LINE_API_BASE", kLineApi);
  const bool loopback_only = reader.Flag("LINE_LOOPBACK_ONLY");
  const auto parts = ParseHttpUrl(base);
  if (!parts.ok()) return base;  // the reader has noted why
  const bool loopback = IsLoopbackHost(parts->host);
  if (loopback_only && !loopback) {
    reader.AddProblem("LINE_API_BASE", "must be this machine, because LINE_LOOPBACK_ONLY is set");
  }
  if (!loopback && !parts->https) reader.AddProblem("LINE_API_BASE", "must be https");
  return base;
}

void ReadPace(EnvReader& reader, Config& config) {
  config.sender_rate = static_cast<int>(reader.Int("SENDER_RATE_PER_SECOND", kRate));
  config.sender_workers = static_cast<int>(reader.Int("SENDER_WORKERS", kWorkers));
  const int most = config.sender_rate * kLongestTurnSeconds;
  if (config.sender_workers <= most) return;
  reader.AddProblem("SENDER_WORKERS",
                    absl::StrCat("must be at most ", most, " at SENDER_RATE_PER_SECOND=",
                                 config.sender_rate, ", or a batch's lease ends before its turn"));
}

// Text that goes into messages; a control character would be somebody's mistake.
std::string ReadText(EnvReader& reader, const std::string& name) {
  auto text = reader.Required(name);
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      reader.AddProblem(name, "holds a control character");
      break;
    }
  }
  return text;
}

}  // namespace

absl::StatusOr<Config> ReadConfig(const Env& env) {
  EnvReader reader(env);
  Config config;
  config.log_level = ParseLogLevel(reader.OneOf("LOG_LEVEL", {"info", "debug", "warning", "error"}))
                         .value_or(LogLevel::kInfo);
  config.listen_address = reader.ListenAddress("LISTEN_ADDR");
  config.health_address = reader.ListenAddress("HEALTH_ADDR");
  config.metrics_address = reader.ListenAddress("METRICS_ADDR");
  ReadTls(reader, config);
  config.database_url = ReadDatabaseUrl(reader);
  config.registry_address = reader.PeerAddress("REGISTRY_ADDR");
  config.checkin_address = reader.PeerAddress("CHECKIN_ADDR");
  config.keyring_directories = ReadKeyringDirectories(reader);
  config.key_encryption_key = ReadKeyEncryptionKey(reader);
  config.retention_days = static_cast<int>(reader.Int("RETENTION_DAYS", kRetention));
  config.line_api_base = ReadLineApiBase(reader);
  config.line_access_token = reader.SecretFile(kTokenFile);
  config.line_access_token_file = env(kTokenFile).value_or("");
  ReadPace(reader, config);
  config.prefecture_name = ReadText(reader, "PREFECTURE_NAME");
  config.consultation_phone = ReadText(reader, "CONSULTATION_PHONE");
  config.public_url = reader.HttpUrl("PUBLIC_URL", "");
  config.clock_offset =
      reader.ClockOffset({config.listen_address, config.health_address, config.metrics_address});
  RETURN_IF_ERROR(reader.Finish());
  return config;
}

absl::StatusOr<std::string> ReadAccessToken(const std::string& file) {
  EnvReader reader([&file](const std::string&) { return std::optional<std::string>(file); });
  auto token = reader.SecretFile(kTokenFile);
  RETURN_IF_ERROR(reader.Finish());
  return token;
}

}  // namespace oshirase::notifier
