#include "services/registry/mail/smtp_options.h"

#include <fstream>

#include "absl/strings/strip.h"
#include "common/config/address.h"
#include "services/registry/domain/mail.h"
#include "services/registry/domain/text.h"

namespace oshirase::registry {
namespace {

constexpr size_t kMaxNameBytes = 200;

bool IsReadable(const std::string& path) { return std::ifstream(path).good(); }

}  // namespace

absl::StatusOr<SmtpServerAddress> ParseSmtpUrl(absl::string_view url) {
  const absl::Status error =
      absl::InvalidArgumentError("must be smtp://host:port or smtps://host:port");
  SmtpServerAddress server;
  if (absl::ConsumePrefix(&url, "smtps://"))
    server.implicit_tls = true;
  else if (!absl::ConsumePrefix(&url, "smtp://"))
    return error;
  const auto address = ParseHostPort(url);
  if (!address.ok() || address->port == 0) return error;
  server.host = address->host;
  server.port = address->port;
  return server;
}

bool NeedsTls(const SmtpOptions& options) {
  const auto server = ParseSmtpUrl(options.url);
  return !server.ok() || server->implicit_tls || !options.ca_file.empty() ||
         !IsLoopbackHost(server->host);
}

std::vector<std::string> ProblemsOf(const SmtpOptions& options) {
  std::vector<std::string> problems;
  if (const auto server = ParseSmtpUrl(options.url); !server.ok())
    problems.push_back("SMTP_URL " + std::string(server.status().message()));
  if (options.username.empty() != options.password.empty())
    problems.emplace_back("SMTP_USERNAME and SMTP_PASSWORD_FILE go together");
  if (!options.ca_file.empty() && !IsReadable(options.ca_file))
    problems.push_back("SMTP_CA_FILE " + options.ca_file + " cannot be read");
  if (!CheckMailAddress(options.from_address).ok())
    problems.emplace_back("MAIL_FROM_ADDRESS must be a mail address in ASCII");
  if (options.from_name.empty() || options.from_name.size() > kMaxNameBytes ||
      !IsUtf8(options.from_name) || HasControlCharacters(options.from_name)) {
    problems.emplace_back("MAIL_FROM_NAME must be one line of 1 to 200 bytes");
  }
  return problems;
}

}  // namespace oshirase::registry
