#include "services/gateway/backends/public_convert.h"

#include <utility>

#include "common/status/macros.h"
#include "services/gateway/backends/business_convert.h"

namespace oshirase::gateway {
namespace {

namespace v1 = registry::v1;
using State = PublishedCertificate::State;
using VenueState = PublishedCertificate::VenueState;

// What is not known to hold does not hold.
State FromProto(v1::CertificateState state) {
  if (state == v1::CERTIFICATE_STATE_CURRENT) return State::kCurrent;
  if (state == v1::CERTIFICATE_STATE_SUPERSEDED) return State::kSuperseded;
  return State::kWithdrawn;
}

VenueState FromProto(v1::VenueState state) {
  if (state == v1::VENUE_STATE_OPEN) return VenueState::kOpen;
  if (state == v1::VENUE_STATE_CLOSED) return VenueState::kClosed;
  return VenueState::kSuspended;
}

v1::ReportSubject ToProto(Report::Subject subject) {
  switch (subject) {
    case Report::Subject::kFalseCertificate:
      return v1::REPORT_SUBJECT_FALSE_CERTIFICATE;
    case Report::Subject::kTamperedQr:
      return v1::REPORT_SUBJECT_TAMPERED_QR;
    case Report::Subject::kMeasuresNotTaken:
      return v1::REPORT_SUBJECT_MEASURES_NOT_TAKEN;
  }
  return v1::REPORT_SUBJECT_UNSPECIFIED;
}

absl::StatusOr<ListedVenue> FromProto(const v1::ListedVenue& proto) {
  ListedVenue venue = {.name = proto.name(),
                       .kana = proto.kana(),
                       .kind = proto.kind(),
                       .postal_code = proto.postal_code(),
                       .municipality = proto.municipality(),
                       .address = proto.address(),
                       .phone = proto.phone()};
  ASSIGN_OR_RETURN(venue.certificate_number, ids::ParsePublicNumber(proto.certificate_number()));
  venue.issue_time = ToTime(proto.issue_time());
  if (proto.has_event_start_time()) venue.event_start = ToTime(proto.event_start_time());
  if (proto.has_event_end_time()) venue.event_end = ToTime(proto.event_end_time());
  if (proto.has_inspect_time()) venue.inspect_time = ToTime(proto.inspect_time());
  return venue;
}

}  // namespace

absl::StatusOr<PublishedCertificate> FromProto(const v1::GetCertificateResponse& proto) {
  PublishedCertificate result;
  const v1::Certificate& certificate = proto.certificate();
  ASSIGN_OR_RETURN(result.number, ids::ParsePublicNumber(certificate.certificate_number()));
  result.version = certificate.version();
  result.issue_time = ToTime(certificate.issue_time());
  result.state = FromProto(certificate.state());
  result.venue_name = proto.venue_name();
  result.kind = proto.kind();
  for (const v1::DeclaredMeasure& measure : proto.measures()) {
    result.measures.push_back(
        {measure.group(), measure.measure_id(), measure.text(), measure.is_new()});
  }
  result.venue_state = FromProto(proto.venue_state());
  if (proto.has_inspect_time()) result.inspect_time = ToTime(proto.inspect_time());
  if (!proto.current_certificate_number().empty()) {
    ASSIGN_OR_RETURN(result.current_number,
                     ids::ParsePublicNumber(proto.current_certificate_number()));
  }
  result.address = proto.address();
  return result;
}

absl::StatusOr<std::vector<ListedVenue>> FromProto(
    const google::protobuf::RepeatedPtrField<v1::ListedVenue>& protos) {
  std::vector<ListedVenue> venues;
  venues.reserve(static_cast<size_t>(protos.size()));
  for (const v1::ListedVenue& proto : protos) {
    ASSIGN_OR_RETURN(ListedVenue venue, FromProto(proto));
    venues.push_back(std::move(venue));
  }
  return venues;
}

v1::SubmitEnquiryRequest ToProto(const Enquiry& enquiry) {
  v1::SubmitEnquiryRequest proto;
  proto.set_request_id(enquiry.request_id);
  proto.set_email(enquiry.email);
  proto.set_name(enquiry.name);
  proto.set_subject(enquiry.subject);
  proto.set_text(enquiry.text);
  return proto;
}

v1::SubmitReportRequest ToProto(const Report& report) {
  v1::SubmitReportRequest proto;
  proto.set_request_id(report.request_id);
  proto.set_subject(ToProto(report.subject));
  proto.set_certificate_number(report.certificate_number);
  proto.set_place(report.place);
  proto.set_text(report.text);
  proto.set_email(report.email);
  return proto;
}

}  // namespace oshirase::gateway
