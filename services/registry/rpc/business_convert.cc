#include "services/registry/rpc/business_convert.h"

#include <array>
#include <utility>

#include "services/registry/rpc/convert.h"

namespace oshirase::registry {
namespace {

constexpr std::array kDocuments{
    std::pair{DocumentKind::kCertificate, v1::DOCUMENT_CERTIFICATE},
    std::pair{DocumentKind::kPoster, v1::DOCUMENT_POSTER},
    std::pair{DocumentKind::kTableTent, v1::DOCUMENT_TABLE_TENT},
    std::pair{DocumentKind::kStickers, v1::DOCUMENT_STICKERS},
};

constexpr std::array kFormats{
    std::pair{BundleFormat::kPdf, v1::BUNDLE_FORMAT_PDF},
    std::pair{BundleFormat::kZip, v1::BUNDLE_FORMAT_ZIP},
};

v1::CertificateState StateOf(CertificateState state) {
  switch (state) {
    case CertificateState::kCurrent:
      return v1::CERTIFICATE_STATE_CURRENT;
    case CertificateState::kSuperseded:
      return v1::CERTIFICATE_STATE_SUPERSEDED;
    case CertificateState::kWithdrawn:
      return v1::CERTIFICATE_STATE_WITHDRAWN;
  }
  return v1::CERTIFICATE_STATE_UNSPECIFIED;
}

v1::LinkState StateOf(LinkState state) {
  switch (state) {
    case LinkState::kGood:
      return v1::LINK_STATE_GOOD;
    case LinkState::kUsed:
      return v1::LINK_STATE_USED;
    case LinkState::kExpired:
      return v1::LINK_STATE_EXPIRED;
  }
  return v1::LINK_STATE_UNSPECIFIED;
}

}  // namespace

void ToProto(const CertificateSummary& certificate, v1::Certificate* proto) {
  proto->set_certificate_number(certificate.number);
  proto->set_version(certificate.version);
  ToProto(certificate.issue_time, proto->mutable_issue_time());
  proto->set_state(StateOf(certificate.state));
}

void ToProto(const IssuedCertificate& certificate, v1::Certificate* proto) {
  ToProto(SummaryOf(certificate), proto);
}

void ToProto(const DeclaredMeasure& measure, v1::DeclaredMeasure* proto) {
  proto->set_group(measure.group);
  proto->set_measure_id(measure.id);
  proto->set_text(measure.text);
  proto->set_is_new(measure.is_new);
}

void ToProto(const Business& business, v1::Business* proto) {
  proto->set_business_id(business.id.value);
  proto->set_email(business.email);
  proto->set_name(business.name);
  proto->set_venue_count(business.venue_count);
}

void ToProto(const LinkStatus& status, v1::CheckLinkResponse* proto) {
  proto->set_purpose(status.purpose == LinkPurpose::kUpkeep ? v1::LINK_PURPOSE_UPKEEP
                                                            : v1::LINK_PURPOSE_REGISTRATION);
  proto->set_state(StateOf(status.state));
}

void ToProto(const BundleProgress& progress, v1::GetBundleResponse* proto) {
  proto->set_done(progress.done);
  proto->set_total(progress.total);
  proto->set_finished(progress.finished);
  proto->set_failed(progress.failed);
  for (const auto& [format, wire] : kFormats) {
    if (format == progress.format) proto->set_format(wire);
  }
}

void ToProto(const OwnVenue& own, const OwnVenueView& view, v1::OwnVenue* proto) {
  ToProto(own.venue, view.catalogue, proto->mutable_venue());
  if (own.certificate.has_value()) {
    ToProto(*own.certificate, proto->mutable_certificate());
    for (const auto& measure : own.certificate->sheet.measures)
      ToProto(measure, proto->add_measures());
  }
  if (own.old_code_end.has_value() && *own.old_code_end > view.now)
    ToProto(*own.old_code_end, proto->mutable_old_code_end_time());
  if (own.inspect_time.has_value()) ToProto(*own.inspect_time, proto->mutable_inspect_time());
}

std::optional<DocumentKind> FromProto(v1::Document document) {
  for (const auto& [known, wire] : kDocuments) {
    if (wire == document) return known;
  }
  return std::nullopt;
}

std::optional<BundleFormat> FromProto(v1::BundleFormat format) {
  for (const auto& [known, wire] : kFormats) {
    if (wire == format) return known;
  }
  return std::nullopt;
}

}  // namespace oshirase::registry
