#include "services/registry/domain/venue_attachments.h"

#include "absl/strings/str_cat.h"
#include "common/ids/public_number.h"
#include "common/status/macros.h"

namespace oshirase::registry {
namespace {

absl::StatusOr<DocumentKind> KindOf(const std::string& document) {
  for (const auto kind : {DocumentKind::kCertificate, DocumentKind::kPoster,
                          DocumentKind::kTableTent, DocumentKind::kStickers}) {
    if (document == NameOf(kind)) return kind;
  }
  return absl::InvalidArgumentError("a letter names a document that is none");
}

}  // namespace

absl::StatusOr<Attachment> VenueAttachments::Load(const DocumentRef& ref) {
  ASSIGN_OR_RETURN(const auto kind, KindOf(ref.document));
  ASSIGN_OR_RETURN(const auto number, ids::ParsePublicNumber(ref.certificate_number));
  ASSIGN_OR_RETURN(const auto venue, venues_.FindByCertificate(number.value));
  if (!venue.has_value()) return absl::NotFoundError("a letter names a certificate that is none");
  ASSIGN_OR_RETURN(auto pdf, printer_.Print(kind, *venue));
  return Attachment{.file_name = absl::StrCat(ref.document, "-", number.value, ".pdf"),
                    .media_type = "application/pdf",
                    .bytes = std::move(pdf)};
}

}  // namespace oshirase::registry
