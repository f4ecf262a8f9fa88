// The sheets. Each draws on the canvas's current page; values are printable already, see
// sheet_check.h.
#pragma once

#include "absl/status/status.h"
#include "services/registry/domain/documents.h"
#include "services/registry/pdf/canvas.h"

namespace oshirase::registry::pdf {

// On further pages too, when its measures need them.
absl::Status DrawCertificate(Canvas& canvas, const CertificateSheet& sheet);
absl::Status DrawPoster(Canvas& canvas, const CheckInSheet& sheet);
absl::Status DrawTableTent(Canvas& canvas, const CheckInSheet& sheet);
absl::Status DrawStickers(Canvas& canvas, const CheckInSheet& sheet);

}  // namespace oshirase::registry::pdf
