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
  // OSHIRASE_CLOCK_OFFSET: seconds by which the clock is moved; only on loopback listeners.
  absl::Duration clock_offset;
};

// Reads and checks everything. Returns BAD_CONFIGURATION with every problem, one a line.
absl::StatusOr<Config> ReadConfig(const Env& env);

}  // namespace oshirase::registry
