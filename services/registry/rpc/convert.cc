#include "services/registry/rpc/convert.h"

#include <array>
#include <utility>

namespace oshirase::registry {
namespace {

constexpr std::array kStates{
    std::pair{VenueState::kOpen, v1::VENUE_STATE_OPEN},
    std::pair{VenueState::kClosed, v1::VENUE_STATE_CLOSED},
    std::pair{VenueState::kSuspended, v1::VENUE_STATE_SUSPENDED},
};

constexpr std::array kRoles{
    std::pair{Role::kSubmit, v1::OFFICER_ROLE_SUBMIT},
    std::pair{Role::kApprove, v1::OFFICER_ROLE_APPROVE},
    std::pair{Role::kAudit, v1::OFFICER_ROLE_AUDIT},
    std::pair{Role::kOperate, v1::OFFICER_ROLE_OPERATE},
    std::pair{Role::kDrill, v1::OFFICER_ROLE_DRILL},
    std::pair{Role::kDesk, v1::OFFICER_ROLE_DESK},
};

std::optional<absl::Time> OptionalTime(bool is_set, const google::protobuf::Timestamp& proto) {
  if (!is_set) return std::nullopt;
  return FromProto(proto);
}

template <typename Bytes>
std::string ToBytes(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void DetailsToProto(const VenueDetails& details, v1::VenueDetails* proto) {
  proto->set_name(details.name);
  proto->set_kana(details.kana);
  proto->set_kind(details.kind);
  proto->set_postal_code(details.postal_code);
  proto->set_address(details.address);
  proto->set_phone(details.phone);
  proto->set_email(details.email);
  for (const auto& measure : details.own_measures) proto->add_own_measures(measure);
  if (details.event_start.has_value())
    ToProto(*details.event_start, proto->mutable_event_start_time());
  if (details.event_end.has_value()) ToProto(*details.event_end, proto->mutable_event_end_time());
  proto->set_name_consent(details.name_consent);
  proto->set_listed(details.listed);
  proto->set_drill(details.drill);
  for (const auto& id : details.measure_ids) proto->add_measure_ids(id);
  proto->set_business_name(details.business_name);
  proto->set_parent_venue_id(details.parent_venue_id);
  proto->set_municipality(details.municipality);
}

}  // namespace

absl::Time FromProto(const google::protobuf::Timestamp& proto) {
  return absl::FromUnixSeconds(proto.seconds()) + absl::Nanoseconds(proto.nanos());
}

void ToProto(absl::Time time, google::protobuf::Timestamp* proto) {
  const int64_t seconds = absl::ToUnixSeconds(time);  // rounds down, before 1970 too
  proto->set_seconds(seconds);
  proto->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

VenueDetails FromProto(const v1::VenueDetails& proto) {
  return {.name = proto.name(),
          .kana = proto.kana(),
          .kind = proto.kind(),
          .postal_code = proto.postal_code(),
          .municipality = proto.municipality(),
          .address = proto.address(),
          .phone = proto.phone(),
          .email = proto.email(),
          .business_name = proto.business_name(),
          .parent_venue_id = proto.parent_venue_id(),
          .measure_ids = {proto.measure_ids().begin(), proto.measure_ids().end()},
          .own_measures = {proto.own_measures().begin(), proto.own_measures().end()},
          .event_start = OptionalTime(proto.has_event_start_time(), proto.event_start_time()),
          .event_end = OptionalTime(proto.has_event_end_time(), proto.event_end_time()),
          .name_consent = proto.name_consent(),
          .listed = proto.listed(),
          .drill = proto.drill()};
}

void ToProto(const Venue& venue, const catalogue::Catalogue& catalogue, v1::Venue* proto) {
  proto->set_venue_id(venue.id.value);
  proto->set_venue_code(venue.code);
  DetailsToProto(venue.details, proto->mutable_details());
  const auto* const industry = catalogue.FindIndustry(venue.details.kind);
  if (industry != nullptr) proto->mutable_stay()->set_seconds(absl::ToInt64Seconds(industry->stay));
  proto->set_state(ToProto(venue.state));
  ToProto(venue.create_time, proto->mutable_create_time());
  proto->set_revision(venue.revision);
}

void ToCheckInProto(const Venue& venue, const catalogue::Catalogue& catalogue, v1::Venue* proto) {
  Venue known{.id = venue.id,
              .code = venue.code,
              .business_id = {},
              .details = {},
              .state = venue.state,
              .create_time = venue.create_time,
              .revision = venue.revision};
  known.details.name = venue.details.name;
  known.details.kana = venue.details.kana;
  known.details.kind = venue.details.kind;
  known.details.event_start = venue.details.event_start;
  known.details.event_end = venue.details.event_end;
  known.details.name_consent = venue.details.name_consent;
  known.details.listed = venue.details.listed;
  known.details.drill = venue.details.drill;
  ToProto(known, catalogue, proto);
}

v1::VenueState ToProto(VenueState state) {
  for (const auto& [known, wire] : kStates) {
    if (known == state) return wire;
  }
  return v1::VENUE_STATE_UNSPECIFIED;
}

std::optional<VenueState> FromProto(v1::VenueState state) {
  for (const auto& [known, wire] : kStates) {
    if (wire == state) return known;
  }
  return std::nullopt;
}

std::optional<Role> FromProto(v1::OfficerRole role) {
  for (const auto& [known, wire] : kRoles) {
    if (wire == role) return known;
  }
  return std::nullopt;
}

std::optional<crypto::SignatureRole> FromProto(v1::SignatureRole role) {
  switch (role) {
    case v1::SIGNATURE_ROLE_SUBMIT:
      return crypto::SignatureRole::kSubmit;
    case v1::SIGNATURE_ROLE_APPROVE:
      return crypto::SignatureRole::kApprove;
    case v1::SIGNATURE_ROLE_REJECT:
      return crypto::SignatureRole::kReject;
    default:
      return std::nullopt;
  }
}

void ToProto(const Officer& officer, v1::Officer* proto) {
  proto->set_officer_id(officer.id);
  for (const auto& [role, wire] : kRoles) {
    if (officer.roles().Has(role)) proto->add_roles(wire);
  }
  for (const auto& key : officer.keys) proto->add_public_keys(ToBytes(key.key));
  ToProto(officer.enrol_time, proto->mutable_enrol_time());
  if (officer.revoke_time.has_value()) ToProto(*officer.revoke_time, proto->mutable_revoke_time());
}

void ToProto(const audit::ChainEntry& entry, audit::v1::AuditEntry* proto) {
  proto->set_seq(entry.seq);
  ToProto(entry.time, proto->mutable_time());
  proto->set_actor(entry.actor);
  proto->set_action(entry.action);
  proto->set_subject(entry.subject);
  proto->set_detail_json(entry.detail_json);
  proto->set_previous_hash(ToBytes(entry.previous_hash));
  proto->set_hash(ToBytes(entry.hash));
}

void ToProto(const ReleasedKeys& keys, v1::ReleaseOuterKeysResponse* proto) {
  for (const auto& venue : keys.venues) {
    auto* const released = proto->add_venues();
    released->set_venue_id(venue.id.value);
    for (const auto& hour : venue.hours) {
      auto* const key = released->add_keys();
      key->set_day(hour.hour.day.value);
      key->set_hour(hour.hour.hour);
      key->set_private_key(hour.private_key.data(), crypto::SecretKey::kSize);
    }
  }
  ToProto(keys.end_time, proto->mutable_release_end_time());
}

}  // namespace oshirase::registry
