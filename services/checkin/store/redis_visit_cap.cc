#include "services/checkin/store/redis_visit_cap.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status/macros.h"

namespace oshirase::checkin {
namespace {

// One step, so that two events of one person at once cannot both be the twentieth.
constexpr char kAdmit[] = R"lua(
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then return 1 end
if redis.call('SCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
)lua";

std::string Bytes(const Tag& tag) { return {tag.begin(), tag.end()}; }

}  // namespace

RedisVisitCap::RedisVisitCap(redis::Client& client, Clock clock)
    : client_(client), clock_(std::move(clock)), script_(kAdmit) {}

absl::StatusOr<std::vector<bool>> RedisVisitCap::Admit(const std::vector<Admission>& admissions) {
  const auto now = clock_();
  redis::Pipeline pipeline;
  for (const auto& admission : admissions) {
    // The tag key is destroyed when the day after is over; the tags mean nothing from then on.
    const auto rest = StartOf(admission.day + 2) - now;
    pipeline.Add(
        script_,
        {.keys = {absl::StrCat("cap:{", FormatDay(admission.day), "}:") + Bytes(admission.person)},
         .args = {Bytes(admission.event), absl::StrCat(kVisitsPerPersonAndDay),
                  absl::StrCat(std::max<int64_t>(absl::ToInt64Seconds(rest), 1))}});
  }
  ASSIGN_OR_RETURN(const auto replies, client_.Run(pipeline));
  std::vector<bool> admitted;
  admitted.reserve(replies.size());
  for (const auto& reply : replies) {
    ASSIGN_OR_RETURN(const auto answer, reply.Integer());
    admitted.push_back(answer == 1);
  }
  return admitted;
}

}  // namespace oshirase::checkin
