#include "services/gateway/backends/business_convert.h"

#include "common/status/macros.h"

namespace oshirase::gateway {
namespace {

namespace v1 = registry::v1;

void ToProto(absl::Time time, google::protobuf::Timestamp* timestamp) {
  timestamp->set_seconds(absl::ToUnixSeconds(time));
}

// What is neither open nor closed to our knowledge takes no visits.
OwnVenue::State FromProto(v1::VenueState state) {
  if (state == v1::VENUE_STATE_OPEN) return OwnVenue::State::kOpen;
  if (state == v1::VENUE_STATE_CLOSED) return OwnVenue::State::kClosed;
  return OwnVenue::State::kSuspended;
}

absl::StatusOr<OwnCertificate> CertificateOf(const v1::OwnVenue& proto) {
  const v1::Certificate& newest = proto.certificate();
  OwnCertificate certificate = {
      .version = newest.version(),
      .issue_time = ToTime(newest.issue_time()),
      .withdrawn = newest.state() == v1::CERTIFICATE_STATE_WITHDRAWN,
  };
  ASSIGN_OR_RETURN(certificate.number, ids::ParsePublicNumber(newest.certificate_number()));
  for (const v1::DeclaredMeasure& measure : proto.measures()) {
    certificate.measures.push_back({measure.measure_id(), measure.text(), measure.is_new()});
  }
  return certificate;
}

}  // namespace

absl::Time ToTime(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

v1::VenueDetails ToProto(const VenueDetails& details) {
  v1::VenueDetails proto;
  proto.set_name(details.name);
  proto.set_kana(details.kana);
  proto.set_kind(details.kind);
  proto.set_postal_code(details.postal_code);
  proto.set_municipality(details.municipality);
  proto.set_address(details.address);
  proto.set_phone(details.phone);
  proto.set_email(details.email);
  proto.set_business_name(details.business_name);
  for (const std::string& id : details.measure_ids) proto.add_measure_ids(id);
  for (const std::string& text : details.own_measures) proto.add_own_measures(text);
  if (details.event_start) ToProto(*details.event_start, proto.mutable_event_start_time());
  if (details.event_end) ToProto(*details.event_end, proto.mutable_event_end_time());
  proto.set_name_consent(details.name_consent);
  proto.set_listed(details.listed);
  proto.set_parent_venue_id(details.parent_venue_id);
  return proto;
}

v1::Credential ToProto(const Credential& credential) {
  v1::Credential proto;
  if (credential.kind == Credential::Kind::kSession) {
    proto.set_session_token(credential.secret);
  } else {
    proto.set_api_key(credential.secret);
  }
  return proto;
}

v1::Document ToProto(Document document) {
  switch (document) {
    case Document::kCertificate:
      return v1::DOCUMENT_CERTIFICATE;
    case Document::kPoster:
      return v1::DOCUMENT_POSTER;
    case Document::kTableTent:
      return v1::DOCUMENT_TABLE_TENT;
    case Document::kStickers:
      return v1::DOCUMENT_STICKERS;
  }
  return v1::DOCUMENT_UNSPECIFIED;
}

VenueDetails FromProto(const v1::VenueDetails& proto) {
  VenueDetails details = {.name = proto.name(),
                          .kana = proto.kana(),
                          .kind = proto.kind(),
                          .postal_code = proto.postal_code(),
                          .municipality = proto.municipality(),
                          .address = proto.address(),
                          .phone = proto.phone(),
                          .email = proto.email(),
                          .business_name = proto.business_name(),
                          .name_consent = proto.name_consent(),
                          .listed = proto.listed(),
                          .parent_venue_id = proto.parent_venue_id()};
  details.measure_ids.assign(proto.measure_ids().begin(), proto.measure_ids().end());
  details.own_measures.assign(proto.own_measures().begin(), proto.own_measures().end());
  if (proto.has_event_start_time()) details.event_start = ToTime(proto.event_start_time());
  if (proto.has_event_end_time()) details.event_end = ToTime(proto.event_end_time());
  return details;
}

absl::StatusOr<OwnVenue> FromProto(const v1::OwnVenue& proto) {
  OwnVenue venue;
  venue.venue_id = proto.venue().venue_id();
  ASSIGN_OR_RETURN(venue.code, ids::ParseVenueCode(proto.venue().venue_code()));
  venue.details = FromProto(proto.venue().details());
  venue.state = FromProto(proto.venue().state());
  venue.revision = proto.venue().revision();
  if (proto.has_certificate()) {
    ASSIGN_OR_RETURN(venue.certificate, CertificateOf(proto));
  }
  if (proto.has_old_code_end_time()) venue.old_code_end = ToTime(proto.old_code_end_time());
  if (proto.has_inspect_time()) venue.inspect_time = ToTime(proto.inspect_time());
  return venue;
}

MailedLink FromProto(const v1::CheckLinkResponse& proto) {
  MailedLink link;
  if (proto.purpose() == v1::LINK_PURPOSE_UPKEEP) link.purpose = MailedLink::Purpose::kUpkeep;
  if (proto.state() != v1::LINK_STATE_GOOD) link.state = MailedLink::State::kExpired;
  if (proto.state() == v1::LINK_STATE_USED) link.state = MailedLink::State::kUsed;
  return link;
}

}  // namespace oshirase::gateway
