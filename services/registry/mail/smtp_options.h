// How to reach the mail server, and who the sender is. What config.cc reads from the environment.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace oshirase::registry {

struct SmtpOptions {
  // SMTP_URL: "smtp://host:port" (STARTTLS) or "smtps://host:port" (TLS at once). Without TLS only
  // to this machine, and only when no CA is named.
  std::string url;
  // SMTP_USERNAME and SMTP_PASSWORD_FILE: both or neither.
  std::string username;
  std::string password;  // never logged
  // SMTP_CA_FILE: the CA of the mail server, in PEM; "" for those the system trusts.
  std::string ca_file;
  // MAIL_FROM_ADDRESS: who mails come from; takes bounces. Its domain is our name to the server.
  std::string from_address;
  // MAIL_FROM_NAME: shown beside it.
  std::string from_name;
  absl::Duration connect_timeout = absl::Seconds(10);
  // Of one mail from the greeting to the answer. Too short makes doubles: a server that takes its
  // time with the answer has often taken the mail.
  absl::Duration total_timeout = absl::Minutes(2);
};

struct SmtpServerAddress {
  bool implicit_tls = false;
  std::string host;
  uint16_t port = 0;
};

// Reads SMTP_URL. Returns INVALID_ARGUMENT, without repeating it, for anything but the above.
absl::StatusOr<SmtpServerAddress> ParseSmtpUrl(absl::string_view url);

// Whether mail must go by TLS: always, unless to this machine without a CA.
bool NeedsTls(const SmtpOptions& options);

// Everything wrong with `options`, one line each, beginning with the variable's name.
std::vector<std::string> ProblemsOf(const SmtpOptions& options);

}  // namespace oshirase::registry
