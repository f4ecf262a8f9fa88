#include "services/registry/upkeep.h"

#include <array>
#include <utility>

#include "common/keyring/key_maintenance.h"
#include "common/keyring/key_name.h"
#include "common/log/log.h"
#include "common/status/errors.h"
#include "common/status/macros.h"

namespace oshirase::registry {
namespace {

void LogFailure(absl::string_view what, const absl::Status& status) {
  LogWarning(what,
             {{"code", absl::StatusCodeToString(status.code())}, {"reason", ReasonOf(status)}});
}

}  // namespace

Upkeep::Upkeep(UpkeepParts parts)
    : parts_(std::move(parts)),
      days_ahead_(parts_.metrics.Gauge("oshirase_registry_key_days_ahead",
                                       "Days after today whose seed is ready; -1 without today's")),
      lost_days_(parts_.metrics.Gauge("oshirase_registry_lost_days",
                                      "Days whose seed is lost: their visits cannot be opened")),
      failures_(
          parts_.metrics.Counter("oshirase_registry_upkeep_failures_total",
                                 "Failed attempts to make or end keys, sign the log or tidy up")) {}

Upkeep::~Upkeep() {
  stop_.Notify();
  if (thread_.joinable()) thread_.join();
}

absl::Status Upkeep::MaintainSeeds() {
  const std::array lives{
      keyring::DayKeyLife{.keys = &parts_.seeds, .days_kept = parts_.retention_days}};
  const auto report = keyring::MaintainDayKeys(parts_.clock, lives);
  for (const auto& ended : report.destroyed)
    LogInfo("day seed destroyed", {{"day", FormatDay(ended.day)}});
  for (const auto& lost : report.lost) LogError("day seed lost", {{"day", FormatDay(lost.day)}});
  for (const auto& failure : report.failures) {
    failures_.Increment();
    LogFailure("day seeds not maintained", failure);
  }
  lost_days_.Set(static_cast<double>(report.lost.size()));
  const Day today = DayOf(parts_.clock());
  int ahead = -1;
  while (parts_.seeds.Get(today + (ahead + 1)).ok()) ++ahead;
  days_ahead_.Set(ahead);
  if (report.ready) return absl::OkStatus();
  return report.failures.empty() ? absl::UnavailableError("day seeds are not ready")
                                 : report.failures.front();
}

absl::Status Upkeep::SignHead() {
  const absl::Time now = parts_.clock();
  if (now - last_signed_ < kSignEvery) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto seed,
                   parts_.named_keys.Make({keyring::kAuditKey, keyring::kCurrent}));
  const auto key = crypto::SigningKey::FromSeed(*seed);
  RETURN_IF_ERROR(parts_.log.SignHead(parts_.pool, key).status());
  last_signed_ = now;
  return absl::OkStatus();
}

absl::Status Upkeep::RunOnce() {
  auto ready = MaintainSeeds();
  if (const auto status = SignHead(); !status.ok()) {
    failures_.Increment();
    LogFailure("audit head not signed", status);
  }
  if (const auto status = parts_.code_changes.ForgetOld(); !status.ok()) {
    failures_.Increment();
    LogFailure("old code changes not forgotten", status);
  }
  return ready;
}

void Upkeep::Start(absl::Duration interval) {
  thread_ = std::thread([this, interval] {
    // What goes wrong is logged and counted where it happens.
    while (!stop_.WaitForNotificationWithTimeout(interval)) RunOnce().IgnoreError();
  });
}

}  // namespace oshirase::registry
