// What the check-in process is told from outside; one field per variable.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/client/tls_files.h"
#include "common/config/env.h"
#include "common/log/log.h"
#include "common/redis/url.h"

namespace oshirase::checkin {

struct Config {
  std::string listen_address;    // LISTEN_ADDR, mutual TLS
  std::string health_address;    // HEALTH_ADDR, plaintext, health checks only
  std::string metrics_address;   // METRICS_ADDR
  TlsFiles server_tls;           // TLS_CERT_FILE, TLS_KEY_FILE, TLS_CLIENT_CAS_FILE
  TlsFiles client_tls;           // the same with TLS_CA_FILE
  std::string database_url;      // content of DATABASE_URL_FILE
  redis::Address redis;          // REDIS_URL
  std::string registry_address;  // REGISTRY_ADDR
  int retention_days = 21;       // RETENTION_DAYS, 1 to 90: how long a day is kept after it ends
  absl::Duration clock_offset;   // OSHIRASE_CLOCK_OFFSET
  LogLevel log_level = LogLevel::kInfo;  // LOG_LEVEL
};

// Returns BAD_CONFIGURATION with every problem.
absl::StatusOr<Config> ReadConfig(const Env& env);

}  // namespace oshirase::checkin
