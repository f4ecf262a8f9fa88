// Between the wire and the domain, for what businesses see and send.
#pragma once

#include <optional>

#include "absl/time/time.h"
#include "common/catalogue/catalogue.h"
#include "oshirase/registry/v1/business_service.pb.h"
#include "services/registry/domain/bundles.h"
#include "services/registry/domain/business.h"
#include "services/registry/domain/certificate.h"
#include "services/registry/domain/document_printer.h"
#include "services/registry/domain/own_venue_store.h"
#include "services/registry/domain/register_entry.h"
#include "services/registry/domain/sign_in.h"

namespace oshirase::registry {

void ToProto(const CertificateSummary& certificate, v1::Certificate* proto);
void ToProto(const IssuedCertificate& certificate, v1::Certificate* proto);
void ToProto(const DeclaredMeasure& measure, v1::DeclaredMeasure* proto);
void ToProto(const Business& business, v1::Business* proto);
void ToProto(const LinkStatus& status, v1::CheckLinkResponse* proto);
void ToProto(const BundleProgress& progress, v1::GetBundleResponse* proto);

// What an own venue is shown by. All must outlive it.
struct OwnVenueView {
  const catalogue::Catalogue& catalogue;
  absl::Time now;  // an earlier code that has ended by then is not told of
};
void ToProto(const OwnVenue& own, const OwnVenueView& view, v1::OwnVenue* proto);

// Nothing for a value that is none.
std::optional<DocumentKind> FromProto(v1::Document document);
std::optional<BundleFormat> FromProto(v1::BundleFormat format);

}  // namespace oshirase::registry
