#include "services/registry/wiring.h"

#include <utility>

#include "common/config/bad_configuration.h"
#include "common/keyring/directory_key_store.h"
#include "common/log/log.h"
#include "common/status/errors.h"

namespace oshirase::registry {

void WarnOfClockOffset(absl::Duration offset) {
  if (offset == absl::ZeroDuration()) return;
  LogWarning("the clock is moved", {{"offset_seconds", absl::ToInt64Seconds(offset)}});
}

absl::StatusOr<std::unique_ptr<keyring::KeyStore>> OpenKeyStore(Config& config) {
  auto store = keyring::DirectoryKeyStore::Open(
      {.directories = config.keyring_directories,
       .key_encryption_key = std::move(config.key_encryption_key),
       .warn = [](const absl::Status& status) {
         LogWarning("keyring mirror in trouble", {{"reason", ReasonOf(status)}});
       }});
  if (!store.ok())
    return BadConfiguration({"KEYRING_DIRS: " + std::string(store.status().message())});
  return *std::move(store);
}

absl::Status EnrolFirstOperator(Officers& officers, const Config& config) {
  if (config.first_operator_certificate.empty()) return absl::OkStatus();
  const auto status = officers.EnrolFirstOperator(config.first_operator_certificate);
  if (absl::IsInvalidArgument(status) || absl::IsFailedPrecondition(status))
    return BadConfiguration({"FIRST_OPERATOR_CERT_FILE: " + std::string(status.message())});
  return status;
}

std::function<void(const std::string& result)> CountReleases(Metrics& metrics) {
  return [&metrics](const std::string& result) {
    metrics
        .Counter("oshirase_registry_releases_total",
                 "Attempts to have private keys released, by how they ended", {{"result", result}})
        .Increment();
  };
}

RefusalObserver AuditRefusals(AuditStore& audit) {
  return [&audit](const Refusal& refusal) {
    if (refusal.caller.kind != Caller::Kind::kOfficer || refusal.method.empty()) return;
    const auto status = audit.Append({.actor = "officer/" + refusal.caller.name,
                                      .action = "access.refused",
                                      .subject = refusal.method,
                                      .facts = {{"reason", refusal.reason}}});
    if (!status.ok()) LogWarning("refusal not audited", {{"reason", ReasonOf(status)}});
  };
}

GrpcServerOptions ServerOptions(const Config& config) {
  return {.listen_address = config.listen_address,
          .health_address = config.health_address,
          .tls = config.tls,
          .quiet_methods = {"/oshirase.registry.v1.RegistryService/LookupVenueCode",
                            "/oshirase.registry.v1.RegistryService/ListCodeChanges",
                            "/oshirase.registry.v1.RegistryService/GetOuterKeys",
                            "/oshirase.registry.v1.RegistryService/GetOfficer"}};
}

}  // namespace oshirase::registry
