// The pieces of main() that are more than a line: options, and what is counted, logged and audited
// between the parts.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/keyring/key_store.h"
#include "common/metrics/metrics.h"
#include "common/server/access_control.h"
#include "common/server/grpc_server.h"
#include "services/registry/config.h"
#include "services/registry/domain/audit_store.h"
#include "services/registry/domain/officers.h"

namespace oshirase::registry {

// A clock that is not the machine's must not go unnoticed.
void WarnOfClockOffset(absl::Duration offset);

// Returns BAD_CONFIGURATION when the keyring does not open with this key-encryption key.
absl::StatusOr<std::unique_ptr<keyring::KeyStore>> OpenKeyStore(Config& config);

// Does nothing without FIRST_OPERATOR_CERT_FILE. Returns BAD_CONFIGURATION when the certificate
// will not do.
absl::Status EnrolFirstOperator(Officers& officers, const Config& config);

// Counts releases in oshirase_registry_releases_total{result}.
std::function<void(const std::string& result)> CountReleases(Metrics& metrics);

// Writes an audit entry when an officer tries what the officer's roles do not permit.
RefusalObserver AuditRefusals(AuditStore& audit);

GrpcServerOptions ServerOptions(const Config& config);

}  // namespace oshirase::registry
