// Draws a venue's documents: says on them what they have to say, and lets the renderer draw.
#pragma once

#include "services/registry/domain/certificate_maker.h"
#include "services/registry/domain/document_printer.h"
#include "services/registry/domain/documents.h"
#include "services/registry/domain/site_addresses.h"

namespace oshirase::registry {

// Thread-safe.
class RenderedDocuments final : public DocumentPrinter {
 public:
  // `renderer` must outlive it. `issuer` stands on everything but certificates, which keep the one
  // they were issued by.
  RenderedDocuments(DocumentRenderer& renderer, SiteAddresses site, SheetIssuer issuer)
      : renderer_(renderer), site_(std::move(site)), issuer_(std::move(issuer)) {}

  // A certificate says what it said when it was issued, but its QR codes say what leads to us
  // today: a sheet printed again after the code was replaced must not carry the dead one. Returns
  // CERTIFICATE_WITHDRAWN for a certificate that the prefecture has withdrawn.
  absl::StatusOr<std::string> Print(DocumentKind kind, const OwnVenue& venue) override;
  absl::StatusOr<std::string> PrintBook(DocumentKind kind,
                                        const std::vector<OwnVenue>& venues) override;

 private:
  absl::StatusOr<Document> Describe(DocumentKind kind, const OwnVenue& own) const;
  CheckInCode CheckInCodeOf(const Venue& venue) const;
  CertificateSheet SheetOf(const IssuedCertificate& certificate, const Venue& venue) const;
  CheckInSheet SheetOf(const OwnVenue& own) const;

  DocumentRenderer& renderer_;
  const SiteAddresses site_;
  const SheetIssuer issuer_;
};

// The days of an event in Japan, as people write them: "2020年12月5日", "2020年12月5日〜6日",
// "2020年11月30日〜12月1日", "2020年12月31日〜2021年1月1日". An end at midnight is the day before.
std::string EventDates(absl::Time start, absl::Time end);

}  // namespace oshirase::registry
