// Everything the gateway is told from outside.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/client/tls_files.h"
#include "common/config/env.h"
#include "common/crypto/secret.h"
#include "common/log/log.h"
#include "services/gateway/forms/postal_codes.h"
#include "services/gateway/view/renderer.h"

namespace oshirase::gateway {

struct Config {
  LogLevel log_level = LogLevel::kInfo;  // LOG_LEVEL
  std::string listen_socket;             // LISTEN_SOCKET: unix socket that nginx connects to
  std::string metrics_address;           // METRICS_ADDR
  int http_threads = 320;                // HTTP_THREADS: at least what nginx may have in flight
  absl::Duration clock_offset;           // OSHIRASE_CLOCK_OFFSET, tests only

  std::string registry_address;  // REGISTRY_ADDR
  std::string checkin_address;   // CHECKIN_ADDR
  std::string notifier_address;  // NOTIFIER_ADDR
  TlsFiles tls;                  // TLS_CERT_FILE, TLS_KEY_FILE, TLS_CA_FILE

  std::vector<std::string> channel_secrets;  // LINE_CHANNEL_SECRET_FILE: one accepted secret a line
  std::string channel_access_token;          // LINE_CHANNEL_ACCESS_TOKEN_FILE
  std::string bot_user_id;                   // LINE_BOT_USER_ID
  std::string bot_basic_id;                  // LINE_BOT_BASIC_ID: "@oshirase"
  std::string line_api_base;                 // LINE_API_BASE; LINE_LOOPBACK_ONLY refuses real hosts

  std::string public_url;          // PUBLIC_URL: https, or http on loopback
  crypto::SecretKey form_key;      // FORM_KEY_FILE: 32 bytes, the same for every gateway
  std::string prefecture_name;     // PREFECTURE_NAME
  std::string consultation_phone;  // CONSULTATION_PHONE
  // CONSULTATION_NUMBERS: "what for=number;what for=number", shown besides
  std::vector<ConsultationNumber> more_numbers;
  PostalCodes postal_codes;  // POSTAL_CODES_FILE; without it addresses are only typed
  int retention_days = 21;   // RETENTION_DAYS: what replies promise; as in the other services
};

// Reads the configuration. Returns BAD_CONFIGURATION with every problem there is.
absl::StatusOr<Config> ReadConfig(const Env& env);

}  // namespace oshirase::gateway
