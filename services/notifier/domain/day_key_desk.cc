#include "services/notifier/domain/day_key_desk.h"

#include <array>
#include <utility>

#include "common/log/log.h"
#include "common/status/macros.h"

namespace oshirase::notifier {
namespace {

// A tag key serves the day after too: late events, "I left", undo.
constexpr int kTagDaysKept = 1;

}  // namespace

DayKeyDesk::DayKeyDesk(keyring::DayKeys& inner_keys, keyring::DayKeys& tag_keys, Clock clock,
                       int retention_days)
    : inner_keys_(inner_keys),
      tag_keys_(tag_keys),
      clock_(std::move(clock)),
      retention_days_(retention_days) {}

absl::StatusOr<std::vector<OpenDay>> DayKeyDesk::Open(const std::vector<Day>& days) {
  const absl::Time now = clock_();
  const Day first = DayOf(now) - 1;
  const Day last = DayOf(now + kTomorrowFrom);
  std::vector<OpenDay> open;
  for (const Day day : days) {
    if (day < first || day > last) continue;
    auto inner = inner_keys_.Get(day);
    auto tag = tag_keys_.Get(day);
    if (absl::IsUnavailable(inner.status())) return inner.status();
    if (absl::IsUnavailable(tag.status())) return tag.status();
    if (!inner.ok() || !tag.ok()) {
      LogError("keys of an open day cannot be given out", {{"day", FormatDay(day)}});
      continue;
    }
    open.push_back({day, *std::move(inner), *std::move(tag)});
  }
  return open;
}

keyring::KeyMaintenanceReport DayKeyDesk::Maintain() {
  const std::array<keyring::DayKeyLife, 2> lives = {{
      {&inner_keys_, retention_days_},
      {&tag_keys_, kTagDaysKept},
  }};
  auto report = keyring::MaintainDayKeys(clock_, lives);
  for (const auto& lost : report.lost) {
    LogError("day key is lost", {{"purpose", lost.purpose}, {"day", FormatDay(lost.day)}});
  }
  for (const auto& ended : report.destroyed) {
    LogInfo("day key destroyed", {{"purpose", ended.purpose}, {"day", FormatDay(ended.day)}});
  }
  for (const auto& failure : report.failures) {
    LogWarning("day keys need another round", {{"code", absl::StatusCodeToString(failure.code())}});
  }
  return report;
}

}  // namespace oshirase::notifier
