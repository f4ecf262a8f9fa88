// The documents that letters name, drawn when they are sent.
#pragma once

#include "services/registry/domain/attachment_source.h"
#include "services/registry/domain/document_printer.h"
#include "services/registry/domain/own_venue_store.h"

namespace oshirase::registry {

// Thread-safe.
class VenueAttachments final : public AttachmentSource {
 public:
  // Both must outlive it.
  VenueAttachments(OwnVenueStore& venues, DocumentPrinter& printer)
      : venues_(venues), printer_(printer) {}

  absl::StatusOr<Attachment> Load(const DocumentRef& ref) override;

 private:
  OwnVenueStore& venues_;
  DocumentPrinter& printer_;
};

}  // namespace oshirase::registry
