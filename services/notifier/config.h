// What the notifier is told by its environment. Nothing else in the service reads the environment.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/client/tls_files.h"
#include "common/config/env.h"
#include "common/crypto/secret.h"
#include "common/log/log.h"

namespace oshirase::notifier {

struct Config {
  // LOG_LEVEL: debug, info, warning or error.
  LogLevel log_level = LogLevel::kInfo;
  // LISTEN_ADDR: "host:port" of the service, mutual TLS. Required.
  std::string listen_address;
  // HEALTH_ADDR: "host:port" of the plaintext health checks. Required.
  std::string health_address;
  // METRICS_ADDR: "host:port" of Prometheus' endpoint. Required.
  std::string metrics_address;
  // TLS_CERT_FILE, TLS_KEY_FILE: who we are, as server and as client. TLS_CLIENT_CAS_FILE: the CAs
  // of services and officers. Required.
  TlsFiles server_tls;
  // The same, with TLS_CA_FILE: the CA of the services we call. Required.
  TlsFiles client_tls;
  // DATABASE_URL_FILE: a secret file with the connection string. Required.
  std::string database_url;
  // REGISTRY_ADDR, CHECKIN_ADDR: "host:port" of the neighbours. Required.
  std::string registry_address;
  std::string checkin_address;
  // KEYRING_DIRS: mirrored key directories, separated by colons; the order matters. Required.
  std::vector<std::string> keyring_directories;
  // KEK_FILE: a secret file with the key that wraps the keyring's, 32 bytes or 64 hex digits.
  // Required.
  crypto::SecretKey key_encryption_key;
  // RETENTION_DAYS: how long a visit can be opened after its day; then its keys are destroyed.
  int retention_days = 21;
  // LINE_API_BASE: LINE's API.
  std::string line_api_base;
  // LINE_CHANNEL_ACCESS_TOKEN_FILE: a secret file with the channel's long-lived token. Required.
  std::string line_access_token;
  // Its file, which is read again when LINE refuses the token.
  std::string line_access_token_file;
  // SENDER_RATE_PER_SECOND: multicasts a second; LINE allows 200 to a channel.
  int sender_rate = 198;
  // SENDER_WORKERS: calls in flight; at most 15 times the rate, so that a batch's turn comes before
  // its lease ends.
  int sender_workers = 200;
  // PREFECTURE_NAME: who speaks in a notice. Required.
  std::string prefecture_name;
  // CONSULTATION_PHONE: the number to call. Required.
  std::string consultation_phone;
  // PUBLIC_URL: the public site, for the page that confirms a notice's number. Required.
  std::string public_url;
  // OSHIRASE_CLOCK_OFFSET: seconds by which the clock is moved; only on loopback listeners.
  absl::Duration clock_offset;
};

// Reads and checks everything, LINE_LOOPBACK_ONLY (1: LINE_API_BASE must be this machine) included.
// Returns BAD_CONFIGURATION with every problem, one a line.
absl::StatusOr<Config> ReadConfig(const Env& env);

// Reads the access token's file again, by the rules of the first time: an operator may have put
// another token there. Returns BAD_CONFIGURATION when it holds none.
absl::StatusOr<std::string> ReadAccessToken(const std::string& file);

}  // namespace oshirase::notifier
