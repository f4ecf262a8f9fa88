#include "services/checkin/rpc/convert.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/uuid.h"
#include "common/status/macros.h"
#include "services/checkin/domain/errors.h"

namespace oshirase::checkin {
namespace {

constexpr int kMaxVisits = 500;
constexpr int kMaxVenueDays = 100;
constexpr size_t kMaxInnerSeal = 128;
constexpr uint32_t kAllHours = (1U << 24) - 1;

std::optional<std::array<uint8_t, 16>> Bytes16(const std::string& bytes) {
  std::array<uint8_t, 16> result{};
  if (bytes.size() != result.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), result.begin());
  return result;
}

absl::Status CheckCount(int count, int max, const char* field) {
  if (count >= 1 && count <= max) return absl::OkStatus();
  return InvalidRequest(absl::StrCat(field, " must have 1 to ", max, " elements"));
}

std::optional<Visit> FromProto(const v1::Visit& proto) {
  const auto id = Bytes16(proto.visit_id());
  const auto venue = ids::ParseUuid(proto.venue_id());
  const bool hour_ok = proto.hour() >= 0 && proto.hour() < 24;
  const bool seal_ok = !proto.inner_seal().empty() && proto.inner_seal().size() <= kMaxInnerSeal;
  if (!id.has_value() || !venue.ok() || !hour_ok || !seal_ok) return std::nullopt;
  return Visit{.id = *id,
               .day = Day{proto.day()},
               .hour = proto.hour(),
               .venue = *venue,
               .sealed = proto.inner_seal()};
}

}  // namespace

absl::StatusOr<VisitsOfRequest> FromProto(const v1::RecordVisitsRequest& request) {
  RETURN_IF_ERROR(CheckCount(request.visits_size(), kMaxVisits, "visits"));
  VisitsOfRequest result;
  for (int i = 0; i < request.visits_size(); ++i) {
    auto visit = FromProto(request.visits(i));
    if (!visit.has_value()) continue;
    result.visits.push_back(*std::move(visit));
    result.positions.push_back(i);
  }
  return result;
}

absl::StatusOr<std::vector<Admission>> FromProto(const v1::AdmitVisitsRequest& request) {
  RETURN_IF_ERROR(CheckCount(request.admissions_size(), kMaxVisits, "admissions"));
  std::vector<Admission> admissions;
  for (const auto& proto : request.admissions()) {
    const auto person = Bytes16(proto.person_tag());
    const auto event = Bytes16(proto.event_tag());
    if (!person.has_value() || !event.has_value()) {
      return InvalidRequest("tags must have 16 bytes");
    }
    admissions.push_back({.day = Day{proto.day()}, .person = *person, .event = *event});
  }
  return admissions;
}

absl::StatusOr<std::vector<VenueHours>> FromProto(
    const google::protobuf::RepeatedPtrField<v1::VenueHours>& list) {
  RETURN_IF_ERROR(CheckCount(list.size(), kMaxVenueDays, "venue_hours"));
  std::vector<VenueHours> result;
  for (const auto& proto : list) {
    const auto venue = ids::ParseUuid(proto.venue_id());
    if (!venue.ok()) return InvalidRequest("venue_id must be a UUID");
    if (proto.hours() == 0 || proto.hours() > kAllHours) {
      return InvalidRequest("hours must name hours 0 to 23");
    }
    result.push_back({.venue = *venue, .day = Day{proto.day()}, .hours = proto.hours()});
  }
  return result;
}

v1::Outcome ToProto(Outcome outcome) {
  switch (outcome) {
    case Outcome::kRecorded:
      return v1::OUTCOME_RECORDED;
    case Outcome::kAlreadyRecorded:
      return v1::OUTCOME_ALREADY_RECORDED;
    case Outcome::kRefused:
      return v1::OUTCOME_REFUSED;
    case Outcome::kFailed:
      break;
  }
  return v1::OUTCOME_FAILED;
}

void ToProto(const Visit& visit, v1::SealedVisit* proto) {
  proto->set_venue_id(ids::FormatUuid(visit.venue));
  proto->set_day(visit.day.value);
  proto->set_hour(visit.hour);
  proto->set_visit_id(visit.id.data(), visit.id.size());
  proto->set_sealed(visit.sealed);
}

}  // namespace oshirase::checkin
