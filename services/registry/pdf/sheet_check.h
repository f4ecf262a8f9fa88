// Makes what a sheet says fit to print, or says why it is not.
#pragma once

#include "absl/status/statusor.h"
#include "services/registry/domain/documents.h"
#include "services/registry/pdf/printable.h"

namespace oshirase::registry::pdf {

// The document with every text printable. Returns INVALID_ARGUMENT as DocumentRenderer says.
absl::StatusOr<Document> Checked(const Document& document, const CanDraw& can_draw);

}  // namespace oshirase::registry::pdf
