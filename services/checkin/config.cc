#include "services/checkin/config.h"

#include "common/postgres/pool.h"
#include "common/status/macros.h"

namespace oshirase::checkin {

absl::StatusOr<Config> ReadConfig(const Env& env) {
  EnvReader reader(env);
  Config config;
  config.listen_address = reader.ListenAddress("LISTEN_ADDR");
  config.health_address = reader.ListenAddress("HEALTH_ADDR");
  config.metrics_address = reader.ListenAddress("METRICS_ADDR");
  config.server_tls = {.certificate = reader.ReadableFile("TLS_CERT_FILE"),
                       .key = reader.ReadableFile("TLS_KEY_FILE"),
                       .authorities = reader.ReadableFile("TLS_CLIENT_CAS_FILE")};
  config.client_tls = config.server_tls;
  config.client_tls.authorities = reader.ReadableFile("TLS_CA_FILE");
  config.database_url = reader.SecretFile("DATABASE_URL_FILE");
  if (!config.database_url.empty() && !postgres::CheckUrl(config.database_url).ok()) {
    reader.AddProblem("DATABASE_URL_FILE", "holds no connection string");
  }
  if (const auto url = reader.Required("REDIS_URL"); !url.empty()) {
    const auto address = redis::ParseUrl(url);
    if (address.ok()) {
      config.redis = *address;
    } else {
      reader.AddProblem("REDIS_URL", "is neither unix:///path nor redis://host:port");
    }
  }
  config.registry_address = reader.PeerAddress("REGISTRY_ADDR");
  config.retention_days =
      static_cast<int>(reader.Int("RETENTION_DAYS", {.min = 1, .max = 90, .default_value = 21}));
  config.clock_offset =
      reader.ClockOffset({config.listen_address, config.health_address, config.metrics_address});
  config.log_level =
      *ParseLogLevel(reader.OneOf("LOG_LEVEL", {"info", "debug", "warning", "error"}));
  RETURN_IF_ERROR(reader.Finish());
  return config;
}

}  // namespace oshirase::checkin
