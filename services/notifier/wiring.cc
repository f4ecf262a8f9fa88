#include "services/notifier/wiring.h"

#include <chrono>
#include <utility>

#include "common/config/bad_configuration.h"
#include "common/crypto/signing_key.h"
#include "common/keyring/directory_key_store.h"
#include "common/log/log.h"
#include "common/status/errors.h"
#include "services/notifier/domain/statement_check.h"

namespace oshirase::notifier {

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
  if (!store.ok()) {
    return BadConfiguration({"KEYRING_DIRS: " + std::string(store.status().message())});
  }
  return *std::move(store);
}

keyring::KeyEventHook AuditKeyEvents(const audit::AuditLog& log) {
  return [&log](pqxx::work& tx, const keyring::KeyEvent& event) {
    return log.Append(tx, {.actor = kTimerActor,
                           .action = std::string("key.") + keyring::NameOf(event.kind),
                           .subject = keyring::Describe(event.name)});
  };
}

absl::Status MaintainKeys(DayKeyDesk& desk, Departures& departures, NotifierMetrics& metrics) {
  const auto report = desk.Maintain();
  metrics.OnKeyMaintenance(report);
  const auto started = departures.Start();
  if (!started.ok()) {
    LogError("suppression key cannot be had; nothing is sent", {{"reason", ReasonOf(started)}});
  }
  if (report.ready) return absl::OkStatus();
  return report.failures.empty() ? absl::UnavailableError("day keys are not ready")
                                 : report.failures.front();
}

void SignAuditHead(const audit::AuditLog& log, postgres::Pool& pool, keyring::Keyring& named_keys) {
  const auto seed = named_keys.Make({keyring::kAuditKey, keyring::kCurrent});
  const auto signed_head =
      seed.ok() ? log.SignHead(pool, crypto::SigningKey::FromSeed(**seed)).status() : seed.status();
  if (!signed_head.ok()) {
    LogWarning("audit log not signed", {{"reason", ReasonOf(signed_head)}});
  }
}

RefusalObserver AuditRefusals(AuditTrail& audit) {
  return [&audit](const Refusal& refusal) {
    if (refusal.caller.kind != Caller::Kind::kOfficer || refusal.method.empty()) return;
    const auto appended = audit.Append({.actor = OfficerActor(refusal.caller.name),
                                        .action = "access.refused",
                                        .subject = refusal.method,
                                        .detail = {{"reason", refusal.reason}}});
    if (!appended.ok()) LogWarning("refusal not audited", {{"reason", ReasonOf(appended)}});
  };
}

Clock SteadyClock() {
  return [] {
    return absl::UnixEpoch() +
           absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
  };
}

PreparerOptions PreparerOptionsOf(const Config& config) {
  return {.prefecture = config.prefecture_name,
          .consultation_phone = config.consultation_phone,
          .public_url = config.public_url,
          .retention_days = config.retention_days};
}

GrpcServerOptions ServerOptions(const Config& config) {
  return {.listen_address = config.listen_address,
          .health_address = config.health_address,
          .tls = config.server_tls,
          // A statement, its messages and a signature.
          .max_request_bytes =
              static_cast<int>(kMaxStatementBytes + kMaxMessageBytes + size_t{16} * 1024),
          .quiet_methods = {"/oshirase.notifier.v1.NotifierService/GetDayKeys",
                            "/oshirase.notifier.v1.NotifierService/RecordFollowChange"}};
}

}  // namespace oshirase::notifier
