#include "services/registry/testing/fake_document_printer.h"

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/registry/domain/errors.h"

namespace oshirase::registry {

void FakeDocumentPrinter::Hold() {
  absl::MutexLock lock(&mu_);
  held_ = true;
}

void FakeDocumentPrinter::LetGo() {
  absl::MutexLock lock(&mu_);
  held_ = false;
}

absl::StatusOr<std::string> FakeDocumentPrinter::Print(DocumentKind kind, const OwnVenue& venue) {
  {
    absl::MutexLock lock(&mu_);
    mu_.Await(absl::Condition(
        +[](bool* held) { return !*held; }, &held_));
  }
  RETURN_IF_ERROR(failures_.Next());
  if (kind == DocumentKind::kCertificate && !venue.certificate.has_value()) return NoCertificate();
  return absl::StrCat(NameOf(kind), " of ", venue.venue.details.name, "\n");
}

absl::StatusOr<std::string> FakeDocumentPrinter::PrintBook(DocumentKind kind,
                                                           const std::vector<OwnVenue>& venues) {
  std::string book;
  for (const auto& venue : venues) {
    ASSIGN_OR_RETURN(const auto document, Print(kind, venue));
    book += document;
  }
  return book;
}

}  // namespace oshirase::registry
