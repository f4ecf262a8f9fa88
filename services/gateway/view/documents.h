// What can be printed for a venue, as pages and file names call it.
#pragma once

#include <span>

#include "services/gateway/backends/business_client.h"

namespace oshirase::gateway {

struct DocumentInfo {
  Document document;
  const char* name;  // Of its file, and in forms.
  const char* word;  // What it is called; with "_hint" what it is for.
};

// In the order they are offered.
inline std::span<const DocumentInfo> Documents() {
  static constexpr DocumentInfo kDocuments[] = {
      {Document::kCertificate, "certificate", "upkeep.certificate"},
      {Document::kPoster, "poster", "upkeep.poster"},
      {Document::kTableTent, "table-tent", "upkeep.table_tent"},
      {Document::kStickers, "stickers", "upkeep.stickers"},
  };
  return kDocuments;
}

}  // namespace oshirase::gateway
