#include "services/checkin/config.h"

#include <catch2/catch.hpp>
#include <map>

#include "common/config/bad_configuration.h"
#include "tests/support/status_matchers.h"

namespace oshirase::checkin {
namespace {

Env EnvOf(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const std::string& name) -> std::optional<std::string> {
    const auto found = values.find(name);
    if (found == values.end()) return std::nullopt;
    return found->second;
  };
}

TEST_CASE("an empty environment is reported variable by variable") {
  const auto config = ReadConfig(EnvOf({}));

  REQUIRE(IsBadConfiguration(config.status()));
  const auto text = std::string(config.status().message());
  for (const auto* name :
       {"LISTEN_ADDR", "HEALTH_ADDR", "METRICS_ADDR", "TLS_CERT_FILE", "TLS_KEY_FILE",
        "TLS_CLIENT_CAS_FILE", "TLS_CA_FILE", "DATABASE_URL_FILE", "REDIS_URL", "REGISTRY_ADDR"}) {
    CAPTURE(name);
    CHECK(text.find(name) != std::string::npos);
  }
}

TEST_CASE("a wrong Redis address and a wrong retention are reported together") {
  const auto config = ReadConfig(EnvOf({{"REDIS_URL", "http://cache"}, {"RETENTION_DAYS", "0"}}));

  const auto text = std::string(config.status().message());
  CHECK(text.find("REDIS_URL: is neither") != std::string::npos);
  CHECK(text.find("RETENTION_DAYS") != std::string::npos);
}

}  // namespace
}  // namespace oshirase::checkin
