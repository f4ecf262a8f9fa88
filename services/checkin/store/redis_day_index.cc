#include "services/checkin/store/redis_day_index.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/status/macros.h"

namespace oshirase::checkin {
namespace {

constexpr char kWhole[] = "index:whole";

// Remembering more keys than this costs more memory than setting an expiry again.
constexpr size_t kMaxRemembered = 50000;

// What one ZADD may hold, so that it never blocks Redis for more than a few milliseconds.
constexpr size_t kMaxMembers = 1000;

std::string KeyOf(Day day, const VenueId& venue) {
  return absl::StrCat("visits:{", FormatDay(day), "}:", ids::FormatUuid(venue));
}

// The value says which building of the index a mark belongs to: unchanged before and after a
// count, it shows that nothing was lost in between.
redis::Command ReadMark(Day day) { return {"HGET", kWhole, FormatDay(day)}; }

}  // namespace

RedisDayIndex::RedisDayIndex(redis::Client& client, Clock clock, int retention_days)
    : client_(client), clock_(std::move(clock)), retention_days_(retention_days) {}

absl::Status RedisDayIndex::Add(const std::vector<Visit>& visits) {
  std::map<std::pair<Day, VenueId>, std::vector<const Visit*>> by_key;
  for (const auto& visit : visits) by_key[{visit.day, visit.venue}].push_back(&visit);

  redis::Pipeline pipeline;
  for (const auto& [venue_day, members] : by_key) {
    const auto key = KeyOf(venue_day.first, venue_day.second);
    for (size_t begin = 0; begin < members.size(); begin += kMaxMembers) {
      redis::Command command{"ZADD", key};
      const auto end = std::min(begin + kMaxMembers, members.size());
      for (size_t i = begin; i < end; ++i) {
        command.push_back(absl::StrCat(members[i]->hour));
        command.emplace_back(members[i]->id.begin(), members[i]->id.end());
      }
      pipeline.Add(std::move(command));
    }
    if (NeedsExpiry(key)) {
      // Relative, because this process's clock may be offset from the server's.
      const auto end_of_day = StartOf(venue_day.first + 1 + retention_days_);
      const auto seconds = std::max<int64_t>(absl::ToInt64Seconds(end_of_day - clock_()), 1);
      pipeline.Add({"EXPIRE", key, absl::StrCat(seconds)});
    }
  }
  ASSIGN_OR_RETURN(const auto replies, client_.Run(pipeline));
  return redis::FirstError(replies);
}

absl::StatusOr<std::optional<std::vector<HourCounts>>> RedisDayIndex::Count(
    const std::vector<VenueHours>& list) {
  std::set<Day> days;
  for (const auto& item : list) days.insert(item.day);

  redis::Pipeline pipeline;
  for (const Day day : days) pipeline.Add(ReadMark(day));
  for (const auto& item : list) {
    for (int hour = 0; hour < 24; ++hour) {
      if (!item.Has(hour)) continue;
      const auto score = absl::StrCat(hour);
      pipeline.Add({"ZCOUNT", KeyOf(item.day, item.venue), score, score});
    }
  }
  for (const Day day : days) pipeline.Add(ReadMark(day));
  ASSIGN_OR_RETURN(const auto replies, client_.Run(pipeline));

  for (size_t i = 0; i < days.size(); ++i) {
    ASSIGN_OR_RETURN(const auto before, replies[i].NullableString());
    ASSIGN_OR_RETURN(const auto after, replies[replies.size() - days.size() + i].NullableString());
    if (!before.has_value() || before != after) return std::nullopt;
  }
  std::vector<HourCounts> counts(list.size(), HourCounts{});
  size_t next = days.size();
  for (size_t i = 0; i < list.size(); ++i) {
    for (size_t hour = 0; hour < 24; ++hour) {
      if (!list[i].Has(static_cast<int>(hour))) continue;
      ASSIGN_OR_RETURN(const auto count, replies[next++].Integer());
      counts[i].at(hour) = static_cast<uint32_t>(count);
    }
  }
  return counts;
}

absl::StatusOr<std::vector<Day>> RedisDayIndex::WholeDays() {
  ASSIGN_OR_RETURN(const auto reply, client_.Run(redis::Command{"HKEYS", kWhole}));
  ASSIGN_OR_RETURN(const auto fields, reply.Strings());
  std::vector<Day> days;
  for (const auto& field : fields) {
    const auto day = ParseDay(field);
    if (day.ok()) days.push_back(*day);
  }
  return days;
}

absl::Status RedisDayIndex::MarkWhole(Day day) {
  ASSIGN_OR_RETURN(const auto reply,
                   client_.Run(redis::Command{"HSET", kWhole, FormatDay(day), ids::NewUuid()}));
  return reply.status();
}

absl::Status RedisDayIndex::MarkBroken(Day day) {
  {
    absl::MutexLock lock(&mu_);
    expiring_.clear();
  }
  ASSIGN_OR_RETURN(const auto reply, client_.Run(redis::Command{"HDEL", kWhole, FormatDay(day)}));
  return reply.status();
}

bool RedisDayIndex::NeedsExpiry(const std::string& key) {
  absl::MutexLock lock(&mu_);
  if (expiring_.size() >= kMaxRemembered) expiring_.clear();
  return expiring_.insert(key).second;
}

}  // namespace oshirase::checkin
