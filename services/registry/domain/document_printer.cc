#include "services/registry/domain/document_printer.h"

namespace oshirase::registry {

const char* NameOf(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kCertificate:
      return "certificate";
    case DocumentKind::kPoster:
      return "poster";
    case DocumentKind::kTableTent:
      return "table-tent";
    case DocumentKind::kStickers:
      return "stickers";
  }
  return "";
}

}  // namespace oshirase::registry
