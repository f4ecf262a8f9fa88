#include "services/registry/rpc/public_convert.h"

#include <array>
#include <optional>
#include <utility>

#include "services/registry/rpc/business_convert.h"
#include "services/registry/rpc/convert.h"

namespace oshirase::registry {
namespace {

constexpr std::array kSubjects{
    std::pair{ReportSubject::kFalseCertificate, v1::REPORT_SUBJECT_FALSE_CERTIFICATE},
    std::pair{ReportSubject::kTamperedQr, v1::REPORT_SUBJECT_TAMPERED_QR},
    std::pair{ReportSubject::kMeasuresNotTaken, v1::REPORT_SUBJECT_MEASURES_NOT_TAKEN},
};

}  // namespace

void ToProto(const CheckedCertificate& checked, v1::GetCertificateResponse* proto) {
  const SheetFacts& sheet = checked.certificate.sheet;
  ToProto(checked.certificate, proto->mutable_certificate());
  proto->set_venue_name(sheet.venue_name);
  proto->set_kind(sheet.kind);
  for (const auto& measure : sheet.measures) ToProto(measure, proto->add_measures());
  proto->set_venue_state(ToProto(checked.venue_state));
  if (checked.inspect_time.has_value())
    ToProto(*checked.inspect_time, proto->mutable_inspect_time());
  proto->set_current_certificate_number(checked.current_number);
  proto->set_address(checked.address);
}

void ToProto(const ListedVenue& venue, v1::ListedVenue* proto) {
  proto->set_name(venue.name);
  proto->set_kana(venue.kana);
  proto->set_kind(venue.kind);
  proto->set_postal_code(venue.postal_code);
  proto->set_municipality(venue.municipality);
  proto->set_address(venue.address);
  proto->set_phone(venue.phone);
  proto->set_certificate_number(venue.certificate_number);
  ToProto(venue.issue_time, proto->mutable_issue_time());
  if (venue.event_start.has_value()) ToProto(*venue.event_start, proto->mutable_event_start_time());
  if (venue.event_end.has_value()) ToProto(*venue.event_end, proto->mutable_event_end_time());
  if (venue.inspect_time.has_value()) ToProto(*venue.inspect_time, proto->mutable_inspect_time());
}

DeskLetter FromProto(const v1::SubmitEnquiryRequest& proto) {
  DeskLetter letter;
  letter.kind = LetterKind::kEnquiry;
  letter.email = proto.email();
  letter.name = proto.name();
  letter.subject = proto.subject();
  letter.text = proto.text();
  return letter;
}

DeskLetter FromProto(const v1::SubmitReportRequest& proto) {
  DeskLetter letter;
  letter.kind = LetterKind::kReport;
  letter.email = proto.email();
  for (const auto& [subject, wire] : kSubjects) {
    if (wire == proto.subject()) letter.report_subject = subject;
  }
  letter.certificate_number = proto.certificate_number();
  letter.place = proto.place();
  letter.text = proto.text();
  return letter;
}

v1::ReportSubject ToProto(ReportSubject subject) {
  for (const auto& [known, wire] : kSubjects) {
    if (known == subject) return wire;
  }
  return v1::REPORT_SUBJECT_UNSPECIFIED;
}

}  // namespace oshirase::registry
