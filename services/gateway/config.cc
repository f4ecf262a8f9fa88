#include "services/gateway/config.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/config/address.h"
#include "common/ids/line_user_id.h"
#include "common/status/macros.h"

namespace oshirase::gateway {
namespace {

constexpr size_t kMaxSocketPath = 107;

std::string SocketPath(EnvReader& reader) {
  std::string path = reader.Required("LISTEN_SOCKET");
  if (path.size() > kMaxSocketPath) {
    reader.AddProblem("LISTEN_SOCKET", "a socket path has at most 107 bytes");
  } else if (!path.empty() && path.front() != '/') {
    reader.AddProblem("LISTEN_SOCKET", "is not an absolute path");
  }
  return path;
}

TlsFiles Tls(EnvReader& reader) {
  TlsFiles files = {.certificate = reader.ReadableFile("TLS_CERT_FILE"),
                    .key = reader.ReadableFile("TLS_KEY_FILE"),
                    .authorities = reader.ReadableFile("TLS_CA_FILE")};
  if (files.certificate.empty() || files.key.empty() || files.authorities.empty()) return files;
  if (const auto status = CheckTlsFiles(files); !status.ok()) {
    reader.AddProblem("TLS_CERT_FILE", std::string(status.message()));
  }
  return files;
}

std::vector<std::string> ChannelSecrets(EnvReader& reader) {
  std::vector<std::string> secrets;
  for (const absl::string_view line :
       absl::StrSplit(reader.SecretFile("LINE_CHANNEL_SECRET_FILE"), '\n')) {
    const absl::string_view secret = absl::StripAsciiWhitespace(line);
    if (!secret.empty()) secrets.emplace_back(secret);
  }
  return secrets;
}

void ReadLine(EnvReader& reader, Config& config) {
  config.channel_secrets = ChannelSecrets(reader);
  config.channel_access_token = reader.SecretFile("LINE_CHANNEL_ACCESS_TOKEN_FILE");
  for (const char c : config.channel_access_token) {
    if (absl::ascii_isgraph(static_cast<unsigned char>(c))) continue;
    reader.AddProblem("LINE_CHANNEL_ACCESS_TOKEN_FILE", "is not one line of ASCII characters");
    break;
  }
  config.bot_user_id = reader.Required("LINE_BOT_USER_ID");
  if (!config.bot_user_id.empty() && !ids::ParseLineUserId(config.bot_user_id).ok()) {
    reader.AddProblem("LINE_BOT_USER_ID", "is not U and 32 hexadecimal digits");
  }
  config.bot_basic_id = reader.Required("LINE_BOT_BASIC_ID");
  if (!config.bot_basic_id.empty() && !absl::StartsWith(config.bot_basic_id, "@")) {
    reader.AddProblem("LINE_BOT_BASIC_ID", "does not begin with @");
  }
  config.line_api_base = reader.HttpUrl("LINE_API_BASE", "https://api.line.me");
  const auto parts = ParseHttpUrl(config.line_api_base);
  const bool loopback = parts.ok() && IsLoopbackHost(parts->host);
  if (parts.ok() && reader.Flag("LINE_LOOPBACK_ONLY") && !loopback) {
    reader.AddProblem("LINE_API_BASE", "is not on loopback, as LINE_LOOPBACK_ONLY asks");
  }
  if (parts.ok() && !parts->https && !loopback) {
    reader.AddProblem("LINE_API_BASE", "would send the access token over plain http");
  }
}

std::string PublicUrl(EnvReader& reader) {
  std::string url = reader.HttpUrl("PUBLIC_URL", "");
  const auto parts = ParseHttpUrl(url);
  if (parts.ok() && !parts->https && !IsLoopbackHost(parts->host)) {
    reader.AddProblem("PUBLIC_URL", "is neither https nor on loopback");
  }
  if (parts.ok() && !parts->path.empty()) {
    reader.AddProblem("PUBLIC_URL", "has a path: the pages stand at the root");
  }
  return url;
}

PostalCodes ReadPostalCodes(EnvReader& reader) {
  const std::string path = reader.Optional("POSTAL_CODES_FILE", "");
  if (path.empty()) return {};
  auto codes = PostalCodes::Open(path);
  if (codes.ok()) return *std::move(codes);
  reader.AddProblem("POSTAL_CODES_FILE", std::string(codes.status().message()));
  return {};
}

std::vector<ConsultationNumber> MoreNumbers(EnvReader& reader) {
  std::vector<ConsultationNumber> numbers;
  for (const absl::string_view entry :
       absl::StrSplit(reader.Optional("CONSULTATION_NUMBERS", ""), ';', absl::SkipWhitespace())) {
    const std::vector<std::string> parts = absl::StrSplit(entry, '=');
    if (parts.size() != 2 || parts[0].empty() || parts[1].empty()) {
      reader.AddProblem("CONSULTATION_NUMBERS", "is not what for=number;what for=number");
      return {};
    }
    numbers.push_back({std::string(absl::StripAsciiWhitespace(parts[0])),
                       std::string(absl::StripAsciiWhitespace(parts[1]))});
  }
  return numbers;
}

}  // namespace

absl::StatusOr<Config> ReadConfig(const Env& env) {
  EnvReader reader(env);
  Config config;
  const std::string level = reader.OneOf("LOG_LEVEL", {"info", "debug", "warning", "error"});
  config.log_level = ParseLogLevel(level).value_or(LogLevel::kInfo);
  config.listen_socket = SocketPath(reader);
  config.metrics_address = reader.ListenAddress("METRICS_ADDR");
  config.http_threads =
      static_cast<int>(reader.Int("HTTP_THREADS", {.min = 1, .max = 4096, .default_value = 320}));
  config.clock_offset = reader.ClockOffset({config.listen_socket, config.metrics_address});

  config.registry_address = reader.PeerAddress("REGISTRY_ADDR");
  config.checkin_address = reader.PeerAddress("CHECKIN_ADDR");
  config.notifier_address = reader.PeerAddress("NOTIFIER_ADDR");
  config.tls = Tls(reader);
  ReadLine(reader, config);

  config.public_url = PublicUrl(reader);
  std::string form_key = reader.SecretKey("FORM_KEY_FILE", crypto::SecretKey::kSize);
  if (auto key = crypto::SecretKey::FromBytes(form_key); key.ok()) {
    config.form_key = *std::move(key);
  }
  crypto::WipeString(form_key);
  config.prefecture_name = reader.Required("PREFECTURE_NAME");
  config.consultation_phone = reader.Required("CONSULTATION_PHONE");
  config.more_numbers = MoreNumbers(reader);
  config.postal_codes = ReadPostalCodes(reader);
  config.retention_days =
      static_cast<int>(reader.Int("RETENTION_DAYS", {.min = 1, .max = 365, .default_value = 21}));
  RETURN_IF_ERROR(reader.Finish());
  return config;
}

}  // namespace oshirase::gateway
