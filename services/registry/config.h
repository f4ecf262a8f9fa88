// What the registry is told by its environment. Nothing else in the service reads the environment.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/client/tls_files.h"
#include "common/config/env.h"
#include "common/crypto/secret.h"
#include "common/log/log.h"
#include "services/registry/mail/smtp_options.h"

namespace oshirase::registry {

struct Config {
  // LOG_LEVEL: debug, info, warning or error.
  LogLevel log_level = LogLevel::kInfo;
  // LISTEN_ADDR: "host:port" of the service, mutual TLS. Required.
  std::string listen_address;
  // HEALTH_ADDR: "host:port" of the plaintext health checks. Required.
  std::string health_address;
  // METRICS_ADDR: "host:port" of Prometheus' endpoint. Required.
  std::string metrics_address;
  // TLS_CERT_FILE, TLS_KEY_FILE: who we are. TLS_CLIENT_CAS_FILE: the CAs of services and officers.
  // Required.
  TlsFiles tls;
  // DATABASE_URL_FILE: a secret file with the connection string. Required.
  std::string database_url;
  // KEYRING_DIRS: mirrored key directories, separated by colons; the order matters and is the same
  // for every process that uses them. Required.
  std::vector<std::string> keyring_directories;
  // KEK_FILE: a secret file with the key that wraps the keyring's, 32 bytes or 64 hex digits.
  // Required.
  crypto::SecretKey key_encryption_key;
  // RETENTION_DAYS: how long a visit can be opened after its day; then its keys are destroyed.
  int retention_days = 21;
  // FIRST_OPERATOR_CERT_FILE: certificate, in PEM, of the person who becomes operator when there is
  // none. This is its content; empty when not set.
  std::string first_operator_certificate;
  // PUBLIC_URL: where the public site stands, without a path. What mails and printed sheets point
  // to. Required.
  std::string public_url;
  // LINE_BOT_BASIC_ID: the account's id, "@...": what a venue's QR opens. Required.
  std::string line_basic_id;
  // PREFECTURE_NAME: who issues certificates and writes mails. Required.
  std::string prefecture_name;
  // CONSULTATION_PHONE: whom to ask, on certificates and in mails. Required.
  std::string consultation_phone;
  // SMTP_URL, SMTP_USERNAME, SMTP_PASSWORD_FILE, SMTP_CA_FILE, MAIL_FROM_ADDRESS, MAIL_FROM_NAME:
  // see mail/smtp_options.h. The URL and the address are required; the name is the prefecture's.
  SmtpOptions smtp;
  // TEMP_DIR: where files are made that a business is about to download. Some 100 MB for a thousand
  // venues.
  std::string temp_directory;
  // OSHIRASE_CLOCK_OFFSET: seconds by which the clock is moved; only on loopback listeners.
  absl::Duration clock_offset;
};

// Reads and checks everything. Returns BAD_CONFIGURATION with every problem, one a line.
absl::StatusOr<Config> ReadConfig(const Env& env);

}  // namespace oshirase::registry
